/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(#[arg(name = "place", name = "town")] city: String) -> String {
    city
}

fn main() {}
