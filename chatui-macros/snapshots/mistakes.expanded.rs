// 0 lines beside the items

::core::compile_error! {
    "unknown #[tool] key `readonly`; did you mean `read_only`?"
}
::core::compile_error! {
    "missing doc comment; the model decides by it when to call this tool, so write `/// Use this when …` above"
}
::core::compile_error! {
    "what comes from the model is owned; write `String` (a `&T` is what the app lends)"
}
::core::compile_error! {
    "the default is outside of `range`; a call without the argument could never succeed"
}
::core::compile_error! {
    "hosts don't take \"weather.forecast\" as a name; write 1 to 64 of the letters a-z, A-Z, 0-9, `_` and `-`"
}
#[allow(unused)]
fn forecast(city: &str, day: u8) -> String {
    String::new()
}
::core::compile_error! {
    "a #[widget] can't be generic, it has one schema and owns what it shows; write the types out"
}
::core::compile_error! {
    "a #[ui_only] field can't be flattened, the template finds it by its name; remove one of both"
}
::core::compile_error! {
    "missing `text`, which hosts that draw nothing show; write `text = \"{field} …\"` with the fields that matter"
}
::core::compile_error! {
    "there is no file `snapshots/cart.html`; did you mean `snapshots/card.html`?"
}
#[automatically_derived]
impl<T: Copy> ::renamed::__private::IntoReply for Card<T> {
    const FACTS: ::renamed::__private::Facts = ::renamed::__private::PLAIN;
    fn into_reply(self) -> ::renamed::__private::Outcome {
        ::core::unreachable!()
    }
}
#[allow(unused)]
/// A card.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Card<T: Copy> {
    #[serde(rename = "town")]
    city: T,
    #[serde(flatten)]
    hours: Vec<u8>,
}
::core::compile_error! {
    "unknown #[data] key `rename_all`; the only key is `crate`, serde's own stand in #[serde(…)]"
}
::core::compile_error! {
    "#[data] derives this already; remove it here"
}
#[derive(
    ::chatui::__private::serde::Deserialize,
    ::chatui::__private::schemars::JsonSchema
)]
#[serde(crate = "::chatui::__private::serde")]
#[schemars(crate = "::chatui::__private::schemars")]
#[allow(unused)]
#[derive(Debug, Serialize)]
struct Hour {
    at: String,
}
::core::compile_error! {
    "#[app] belongs on a function; write it above an `fn`"
}
struct App;
