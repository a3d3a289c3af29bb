/// Forecasts.
#[chatui::tool(read_only, app_only, model_only)]
fn forecast(city: String) -> String {
    city
}

fn main() {}
