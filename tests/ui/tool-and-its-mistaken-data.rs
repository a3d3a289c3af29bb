#[chatui::data]
#[derive(serde::Deserialize)]
struct Place {
    city: String,
}

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(place: Place) -> chatui::Json<Place> {
    chatui::Json(place)
}

fn main() {}
