#[data]
#[serde(rename_all = "camelCase")]
pub struct Hour {
    pub at: String,
    pub degrees: f64,
}

#[data(crate = crate::reexport)]
enum Sky {
    Clear,
    Cloudy(u8),
}
