/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    #[arg(default = 8, range = 0..=7)] day: u8,
    #[arg(default = 24, range = 0..24)] hour: u8,
    #[arg(default = -0.5, range = 0.0..)] share: f64,
) -> String {
    format!("{day} {hour} {share}")
}

fn main() {}
