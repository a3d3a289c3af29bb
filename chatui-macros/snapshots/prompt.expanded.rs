// 55 lines beside the items

#[allow(clippy::all, deprecated)]
const _: () = {
    use ::chatui::__private as __chatui;
    const __CHATUI_PARAMS: (__chatui::Param<String>, __chatui::Param<u8>) = (
        __chatui::param::<String>("city", "The city to go to.")
            .rules(
                &[
                    __chatui::Rule::Length {
                        min: __chatui::Some(1usize),
                        max: __chatui::None,
                    },
                ],
            )
            .complete(|typed| __chatui::offered(cities(typed))),
        __chatui::param::<u8>("people", "").default_json("2"),
    );
    __chatui::submit(__chatui::Prompt {
        name: "day",
        title: "Day",
        about: "Plans a day in a city.",
        package: __chatui::package!(),
        place: __chatui::place!(),
        params: &[__CHATUI_PARAMS.0.slot, __CHATUI_PARAMS.1.slot],
        lent: &[__chatui::lent::<Guide>()],
        get: |mut call| __chatui::task(async move {
            let args = (call.take(&__CHATUI_PARAMS.0), call.take(&__CHATUI_PARAMS.1));
            call.check()?;
            __chatui::said::<
                Result<Vec<Message>>,
            >(day(args.0?, args.1?, call.lend::<Guide>()?).await)
        }),
        icon: __chatui::Some("https://example.com/day.svg"),
        access: __chatui::Access::Anyone,
        ..__chatui::PROMPT
    });
    __chatui::submit(__chatui::GET_PROMPT);
    __chatui::submit(__chatui::COMPLETE);
};
/// Plans a day in a city.
async fn day(city: String, people: u8, guide: &Guide) -> Result<Vec<Message>> {
    guide.day(&city, people).await
}
#[allow(clippy::all, deprecated)]
const _: () = {
    use ::chatui::__private as __chatui;
    __chatui::submit(__chatui::Prompt {
        name: "hello",
        title: "Hello",
        about: "Says hello.",
        package: __chatui::package!(),
        place: __chatui::place!(),
        get: |call| __chatui::task(async move {
            call.check()?;
            __chatui::said::<&'static str>(hello())
        }),
        ..__chatui::PROMPT
    });
    __chatui::submit(__chatui::GET_PROMPT);
};
/// Says hello.
fn hello() -> &'static str {
    "Say hello."
}
