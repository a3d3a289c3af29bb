/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(#[arg(name = "")] city: String) -> String {
    city
}

fn main() {}
