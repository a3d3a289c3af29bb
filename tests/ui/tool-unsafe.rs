/// Forecasts.
#[chatui::tool(read_only)]
unsafe fn forecast(city: String) -> String {
    city
}

fn main() {}
