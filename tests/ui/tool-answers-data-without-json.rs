#[chatui::data]
struct Weather {
    degrees: f64,
}

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: String) -> Weather {
    drop(city);
    Weather { degrees: 20.0 }
}

fn main() {}
