/// Forecasts.
#[chatui::tool(read_only, title = " ")]
fn forecast(city: String) -> String {
    city
}

fn main() {}
