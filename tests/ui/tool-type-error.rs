/// Forecasts.
#[chatui::tool(read_only)]
async fn forecast(
    /// The place.
    city: String,
) -> u8 {
    city
}

fn main() {}
