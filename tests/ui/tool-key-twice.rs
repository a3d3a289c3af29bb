/// Forecasts.
#[chatui::tool(read_only, title = "Weather", title = "Forecast", read_only)]
fn forecast(city: String) -> String {
    city
}

fn main() {}
