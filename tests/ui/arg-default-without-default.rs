#[chatui::data]
struct Place {
    city: String,
}

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(#[arg(default)] place: Place) -> String {
    place.city
}

fn main() {}
