/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    #[arg(name = place, pattern = 'a', length = "long")] city: String,
    #[arg(default(0), range)] day: u8,
    #[arg(range = 7)] hour: u8,
    #[arg(range = a..=b)] minute: u8,
    #[arg(range = ..)] second: u8,
    #[arg(length)] street: String,
    #[arg(length = 0.5..)] house: String,
    #[arg(length = -1..)] door: String,
    #[arg(default =)] floor: u8,
) -> String {
    format!("{city} {day} {hour} {minute} {second} {street} {house} {door} {floor}")
}

fn main() {}
