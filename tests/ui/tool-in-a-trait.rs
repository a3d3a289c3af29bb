trait Weather {
    /// Forecasts.
    #[chatui::tool(read_only)]
    fn forecast(
        /// The place.
        city: String,
    ) -> String;
}

fn main() {}
