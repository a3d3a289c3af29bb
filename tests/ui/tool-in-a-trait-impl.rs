trait Weather {
    fn forecast(city: String) -> String;
}

struct Sunny;

impl Weather for Sunny {
    /// Forecasts.
    #[chatui::tool(read_only)]
    fn forecast(city: String) -> String {
        city
    }
}

fn main() {}
