struct Weather;

impl Weather {
    /// Forecasts.
    #[chatui::tool(read_only)]
    fn forecast(
        #[arg(name = "weather")]
        /// The weather.
        &self,
        city: String,
    ) -> String {
        city
    }
}

fn main() {}
