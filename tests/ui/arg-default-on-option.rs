/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: String, #[arg(default = Some(1))] day: Option<u8>, #[arg(default)] hour: std::option::Option<u8>) -> String {
    format!("{city} {day:?} {hour:?}")
}

fn main() {}
