/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    #[arg(range = 7..=0)] day: u8,
    #[arg(range = 5..5)] hour: u8,
    #[arg(range = 0.5..0.5)] share: f64,
) -> String {
    format!("{day} {hour} {share}")
}

fn main() {}
