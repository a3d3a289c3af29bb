#[tool(readonly, name = "weather.forecast")]
fn forecast(
    /// The place.
    city: &str,
    #[arg(default = 8, range = 0..=7)] day: u8,
) -> String {
    String::new()
}

/// A card.
#[widget("snapshots/cart.html", crate = ::renamed)]
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Card<T: Copy> {
    #[serde(rename = "town")]
    city: T,
    #[ui_only]
    #[serde(flatten)]
    hours: Vec<u8>,
}

#[data(rename_all = "camelCase")]
#[derive(Debug, Serialize)]
struct Hour {
    at: String,
}

#[app]
struct App;
