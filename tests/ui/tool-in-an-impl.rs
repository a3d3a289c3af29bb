struct Sunny;

impl Sunny {
    /// Forecasts.
    #[chatui::tool(read_only)]
    fn forecast(city: String) -> String {
        city
    }
}

fn main() {}
