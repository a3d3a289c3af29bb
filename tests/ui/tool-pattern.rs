/// Forecasts.
#[chatui::tool(read_only)]
fn forecast((city, day): (String, u8)) -> String {
    format!("{city} {day}")
}

fn main() {}
