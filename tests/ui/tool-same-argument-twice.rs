/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(
    city: String,
    #[arg(name = "city")] place: String,
) -> String {
    city + &place
}

fn main() {}
