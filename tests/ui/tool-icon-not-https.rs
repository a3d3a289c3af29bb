/// Forecasts.
#[chatui::tool(read_only, icon = "http://example.com/sun.png")]
fn forecast(city: String) -> String {
    city
}

fn main() {}
