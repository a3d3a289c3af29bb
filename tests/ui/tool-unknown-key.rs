/// Forecasts.
#[chatui::tool(read_only, nane = "weather")]
fn forecast(city: String) -> String {
    city
}

/// Forecasts again.
#[chatui::tool(read_only = true, name)]
fn again(city: String) -> String {
    city
}

fn main() {}
