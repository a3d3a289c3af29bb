/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: String) -> String {
    let city = ;
    city
}

fn main() {}
