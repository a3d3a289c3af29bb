/// Forecasts.
#[chatui::tool("forecast", read_only)]
fn forecast(city: String) -> String {
    city
}

fn main() {}
