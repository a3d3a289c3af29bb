// 0 lines beside the items

#[derive(
    ::chatui::__private::serde::Serialize,
    ::chatui::__private::serde::Deserialize,
    ::chatui::__private::schemars::JsonSchema
)]
#[serde(crate = "::chatui::__private::serde")]
#[schemars(crate = "::chatui::__private::schemars")]
#[serde(rename_all = "camelCase")]
pub struct Hour {
    pub at: String,
    pub degrees: f64,
}
#[derive(
    crate::reexport::__private::serde::Serialize,
    crate::reexport::__private::serde::Deserialize,
    crate::reexport::__private::schemars::JsonSchema
)]
#[serde(crate = "crate::reexport::__private::serde")]
#[schemars(crate = "crate::reexport::__private::schemars")]
enum Sky {
    Clear,
    Cloudy(u8),
}
