/// Forecasts.
#[chatui::tool(read_only, blocking)]
async fn forecast(city: String) -> String {
    city
}

fn main() {}
