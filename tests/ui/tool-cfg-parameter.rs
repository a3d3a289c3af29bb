/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    city: String,
    #[cfg(debug_assertions)] day: u8,
) -> String {
    city
}

fn main() {}
