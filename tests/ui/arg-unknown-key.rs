/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    city: String,
    #[arg(defualt = 0)] day: u8,
    #[arg(minimum = 0)] hour: u8,
) -> String {
    format!("{city} {day} {hour}")
}

fn main() {}
