/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: City) -> Weather {
    city.weather()
}

fn main() {}
