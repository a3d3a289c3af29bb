struct Weather;

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: String) -> Weather {
    drop(city);
    Weather
}

fn main() {}
