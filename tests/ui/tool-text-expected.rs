/// Forecasts.
#[chatui::tool(
    read_only,
    name = forecast,
    title,
    invoking = 1,
    invoked("Done"),
    icon = include_str!("icon"),
    timeout = 30,
    meta = "com.example/key",
    schema = "closed",
    crate = "chatui",
)]
fn forecast(city: String) -> String {
    city
}

fn main() {}
