/// Forecasts.
#[chatui::tool(read_only, destructive)]
fn forecast(city: String) -> String {
    city
}

fn main() {}
