/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(größe: u8, #[arg(name = "the city")] city: String) -> String {
    format!("{city} {größe}")
}

fn main() {}
