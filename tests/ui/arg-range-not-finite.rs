/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(#[arg(range = 0.0..1e999)] share: f64) -> String {
    format!("{share}")
}

fn main() {}
