/// Use this when the user asks for the weather of a place.
#[tool(
    name = "weather-forecast",
    title = "The forecast",
    read_only,
    open_world,
    idempotent,
    invoking = "Asking the sky…",
    invoked = "Forecast ready",
    examples = ["Do all of it", "All, please"],
    app_only,
    icon = "https://example.com/sun.png",
    meta("com.example/level" = 3, "com.example/beta" = true),
    schema = either_place_or_near,
    timeout = "30s",
    blocking,
    crate = crate::reexport::chatui
)]
#[deprecated]
fn forecast(
    #[doc = include_str!("city.txt")]
    #[arg(name = "place", length = 1..=40, pattern = "^[A-Z]")]
    city: String,
    /// Days from today.
    #[arg(default = 0, range = 0..=7)]
    day: u8,
    #[arg(default = now(), range = -0.5..24.0)] hour: f64,
    #[arg(default)] units: Units,
    near: Option<Vec<u8>>,
    cx: &Context,
    stations: &dyn Stations,
) -> Json<Vec<Hour>> {
    Json(stations.read(&city, day))
}

/// Needs nothing.
#[tool(writes, model_only)]
fn refresh() {}
