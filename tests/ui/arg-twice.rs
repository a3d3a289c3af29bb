/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    city: String,
    #[arg(default = 0)]
    #[arg(range = 0..=7)]
    day: u8,
) -> String {
    format!("{city} {day}")
}

fn main() {}
