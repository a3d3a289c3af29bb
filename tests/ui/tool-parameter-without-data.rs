struct Place {
    city: String,
}

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(place: Place) -> String {
    place.city
}

fn main() {}
