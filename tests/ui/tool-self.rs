struct Weather;

impl Weather {
    /// Forecasts.
    #[chatui::tool(read_only)]
    fn forecast(&self, city: String) -> String {
        city
    }
}

fn main() {}
