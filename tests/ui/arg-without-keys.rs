/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    #[arg] city: String,
    #[arg = 0] day: u8,
) -> String {
    format!("{city} {day}")
}

fn main() {}
