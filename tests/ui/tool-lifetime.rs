struct Stations;

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast<'a>(city: String, stations: &'a Stations) -> String {
    let Stations = stations;
    city
}

/// Forecasts again.
#[chatui::tool(read_only)]
fn again(city: String, stations: &'static Stations) -> String {
    let Stations = stations;
    city
}

fn main() {}
