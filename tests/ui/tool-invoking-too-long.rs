/// Forecasts.
#[chatui::tool(
    read_only,
    invoking = "Asking all the weather stations between here and the place that you named",
    invoked = "",
)]
fn forecast(city: String) -> String {
    city
}

fn main() {}
