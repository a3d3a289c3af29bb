// 130 lines beside the items

#[allow(clippy::all, deprecated)]
const _: () = {
    use crate::reexport::chatui::__private as __chatui;
    const __CHATUI_ANSWER: __chatui::Answer<Json<Vec<Hour>>> = __chatui::answer::<
        Json<Vec<Hour>>,
    >();
    const __CHATUI_PARAMS: (
        __chatui::Param<String>,
        __chatui::Param<u8>,
        __chatui::Param<f64>,
        __chatui::Param<Units>,
        __chatui::Param<Option<Vec<u8>>>,
    ) = (
        __chatui::param::<String>("place", include_str!("city.txt").trim_ascii())
            .rules(
                &[
                    __chatui::Rule::Length {
                        min: __chatui::Some(1usize),
                        max: __chatui::Some(40usize),
                    },
                    __chatui::Rule::Pattern("^[A-Z]"),
                ],
            ),
        __chatui::param::<u8>("day", "Days from today.")
            .default_json("0")
            .rules(
                &[
                    __chatui::Rule::Range {
                        min: __chatui::Some(__chatui::Bound::Int(0)),
                        max: __chatui::Some(__chatui::Bound::Int(7)),
                        exclusive: false,
                    },
                ],
            ),
        __chatui::param::<f64>("hour", "")
            .default_with(|| now())
            .seen(|| {
                use __chatui::{Opaque as _, Written as _};
                (&__chatui::Made::<f64>(|| now())).json()
            })
            .rules(
                &[
                    __chatui::Rule::Range {
                        min: __chatui::Some(__chatui::Bound::Float(-0.5f64)),
                        max: __chatui::Some(__chatui::Bound::Float(24f64)),
                        exclusive: true,
                    },
                ],
            ),
        __chatui::param::<Units>("units", "")
            .default_with(<Units as ::core::default::Default>::default)
            .seen(|| {
                use __chatui::{Opaque as _, Written as _};
                (&__chatui::Made::<Units>(<Units as ::core::default::Default>::default))
                    .json()
            }),
        __chatui::param::<Option<Vec<u8>>>("near", ""),
    );
    __chatui::submit(__chatui::Tool {
        name: "weather-forecast",
        title: "The forecast",
        about: "Use this when the user asks for the weather of a place.",
        effect: __chatui::Effect::ReadOnly,
        package: __chatui::package!(),
        place: __chatui::place!(),
        params: &[
            __CHATUI_PARAMS.0.slot,
            __CHATUI_PARAMS.1.slot,
            __CHATUI_PARAMS.2.slot,
            __CHATUI_PARAMS.3.slot,
            __CHATUI_PARAMS.4.slot,
        ],
        lent: &[__chatui::lent::<Context>(), __chatui::lent::<dyn Stations>()],
        answer: __CHATUI_ANSWER.facts,
        call: |mut call| __chatui::task(async move {
            let args = (
                call.take(&__CHATUI_PARAMS.0),
                call.take(&__CHATUI_PARAMS.1),
                call.take(&__CHATUI_PARAMS.2),
                call.take(&__CHATUI_PARAMS.3),
                call.take(&__CHATUI_PARAMS.4),
            );
            call.check()?;
            (__CHATUI_ANSWER
                .reply)(
                forecast(
                    args.0?,
                    args.1?,
                    args.2?,
                    args.3?,
                    args.4?,
                    call.lend::<Context>()?,
                    call.lend::<dyn Stations>()?,
                ),
            )
        }),
        open_world: true,
        idempotent: true,
        blocking: true,
        invoking: __chatui::Some("Asking the sky…"),
        invoked: __chatui::Some("Forecast ready"),
        icon: __chatui::Some("https://example.com/sun.png"),
        examples: __chatui::for_dev!("Do all of it", "All, please"),
        audience: __chatui::Audience::App,
        schema: __chatui::Some(either_place_or_near),
        meta: &[("com.example/level", "3"), ("com.example/beta", "true")],
        timeout_ms: __chatui::Some(30000u64),
        ..__chatui::TOOL
    });
};
/// Use this when the user asks for the weather of a place.
#[deprecated]
fn forecast(
    city: String,
    day: u8,
    hour: f64,
    units: Units,
    near: Option<Vec<u8>>,
    cx: &Context,
    stations: &dyn Stations,
) -> Json<Vec<Hour>> {
    Json(stations.read(&city, day))
}
#[allow(clippy::all, deprecated)]
const _: () = {
    use ::chatui::__private as __chatui;
    const __CHATUI_ANSWER: __chatui::Answer<()> = __chatui::answer::<()>();
    __chatui::submit(__chatui::Tool {
        name: "refresh",
        title: "Refresh",
        about: "Needs nothing.",
        effect: __chatui::Effect::Writes,
        package: __chatui::package!(),
        place: __chatui::place!(),
        answer: __CHATUI_ANSWER.facts,
        call: |call| __chatui::task(async move {
            call.check()?;
            (__CHATUI_ANSWER.reply)(refresh())
        }),
        audience: __chatui::Audience::Model,
        ..__chatui::TOOL
    });
};
/// Needs nothing.
fn refresh() {}
