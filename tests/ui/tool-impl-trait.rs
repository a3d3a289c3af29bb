use std::fmt::Display;

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: impl Display, others: Vec<impl Display>) -> impl Display {
    format!("{city}{}", others.len())
}

fn main() {}
