/// Forecasts.
#[chatui::tool(read_only, name = "weather.forecast")]
fn forecast(city: String) -> String {
    city
}

fn main() {}
