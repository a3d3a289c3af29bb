/// Forecasts.
#[chatui::tool]
fn forecast(city: String) -> String {
    city
}

fn main() {}
