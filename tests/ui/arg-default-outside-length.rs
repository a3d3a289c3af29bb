/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    #[arg(default = "", length = 1..)] city: String,
    #[arg(default = "Zürich", length = ..=5)] place: String,
) -> String {
    city + &place
}

fn main() {}
