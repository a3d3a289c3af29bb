/// Forecasts.
#[chatui::tool(read_only, name = "")]
fn forecast(city: String) -> String {
    city
}

fn main() {}
