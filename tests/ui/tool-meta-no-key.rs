/// Forecasts.
#[chatui::tool(read_only, meta(level = 1))]
fn forecast(city: String) -> String {
    city
}

fn main() {}
