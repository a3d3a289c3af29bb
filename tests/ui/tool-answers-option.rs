/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: String) -> Option<String> {
    Some(city)
}

fn main() {}
