/// A forecast card for one city.
#[widget(
    html = "<!doctype html><p>Hi",
    name = "forecast-card",
    title = "The forecast",
    text = describe,
    csp(connect = "https://api.example.com", resource = ["https://a.example", "https://b.example"], frame = [], redirect = "https://c.example"),
    prefers_border,
    permissions(geolocation, clipboard_write),
    crate = ::renamed
)]
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind", default)]
pub struct Forecast {
    /// The city.
    #[serde(rename = "town", alias = "place")]
    pub city: String,
    #[schemars(range(min = -90))]
    pub high_degrees: i32,
    #[ui_only]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 24))]
    pub all_hours: Vec<Hour>,
}
