/// Forecasts.
#[chatui::tool(read_only, meta("openai/outputTemplate" = "ui://card", "ui" = "card", "com.example/key" = 1))]
fn forecast(city: String) -> String {
    city
}

fn main() {}
