/// Forecasts.
#[chatui::tool(read_only)]
struct Forecast;

fn main() {}
