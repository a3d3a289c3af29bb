/// Forecasts.
#[chatui::tool(read_only, timeout = "30")]
fn forecast(city: String) -> String {
    city
}

fn main() {}
