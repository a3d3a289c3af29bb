/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    #[arg(range = 1..=5)] city: String,
    #[arg(length = 1..=5)] day: u8,
    #[arg(pattern = "[a-z]+")] sure: Option<bool>,
) -> String {
    format!("{city} {day} {sure:?}")
}

fn main() {}
