/// Forecasts.
#[chatui::tool(read_only open_world, invoking = "Asking" invoked = "Done")]
fn forecast(city: String) -> String {
    city
}

fn main() {}
