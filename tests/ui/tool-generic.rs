/// Forecasts.
#[chatui::tool(read_only)]
fn forecast<T: ToString>(city: T) -> String {
    city.to_string()
}

fn main() {}
