// 27 lines beside the items

#[allow(clippy::all, deprecated)]
const _: () = {
    use ::chatui::__private as __chatui;
    const __CHATUI_ANSWER: __chatui::Answer<Result<Forecast>> = __chatui::answer::<
        Result<Forecast>,
    >();
    const __CHATUI_PARAMS: (__chatui::Param<String>, __chatui::Param<u8>) = (
        __chatui::param::<String>("city", "City name, for example \"Paris\"."),
        __chatui::param::<u8>("day", "Days from today."),
    );
    __chatui::submit(__chatui::Tool {
        name: "forecast",
        title: "Forecast",
        about: "Use this when the user asks for the weather of a place.",
        effect: __chatui::Effect::ReadOnly,
        package: __chatui::package!(),
        place: __chatui::place!(),
        params: &[__CHATUI_PARAMS.0.slot, __CHATUI_PARAMS.1.slot],
        answer: __CHATUI_ANSWER.facts,
        call: |mut call| __chatui::task(async move {
            let args = (call.take(&__CHATUI_PARAMS.0), call.take(&__CHATUI_PARAMS.1));
            call.check()?;
            (__CHATUI_ANSWER.reply)(forecast(args.0?, args.1?).await)
        }),
        ..__chatui::TOOL
    });
};
/// Use this when the user asks for the weather of a place.
pub async fn forecast(city: String, day: u8) -> Result<Forecast> {
    read(&city, day).await
}
