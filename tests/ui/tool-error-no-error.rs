struct Trouble;

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: String) -> Result<String, Trouble> {
    if city.is_empty() { Err(Trouble) } else { Ok(city) }
}

fn main() {}
