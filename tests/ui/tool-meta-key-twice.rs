/// Forecasts.
#[chatui::tool(read_only, meta("com.example/key" = 1, "com.example/key" = 2))]
fn forecast(city: String) -> String {
    city
}

fn main() {}
