/// Forecasts.
#[chatui::tool(read_only, timeout = "0s")]
fn today(city: String) -> String {
    city
}

/// Forecasts.
#[chatui::tool(read_only, timeout = "1.5s")]
fn tomorrow(city: String) -> String {
    city
}

/// Forecasts.
#[chatui::tool(read_only, timeout = "half a minute")]
fn later(city: String) -> String {
    city
}

fn main() {}
