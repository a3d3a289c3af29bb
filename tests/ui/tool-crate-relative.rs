/// Forecasts.
#[chatui::tool(read_only, crate = chatui)]
fn forecast(city: String) -> String {
    city
}

fn main() {}
