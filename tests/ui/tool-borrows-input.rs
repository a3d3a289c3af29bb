/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: &str, days: &[u8], names: &Vec<String>, seen: &mut Seen) -> String {
    String::new()
}

struct Seen;

fn main() {}
