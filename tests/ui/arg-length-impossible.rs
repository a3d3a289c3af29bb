/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(#[arg(length = 20..=1)] city: String, #[arg(length = 3..3)] place: String, #[arg(length = ..0)] town: String) -> String {
    format!("{city} {place} {town}")
}

fn main() {}
