/// Forecasts.
#[chatui::tool(read_only)]
fn prévision(city: String) -> String {
    city
}

fn main() {}
