trait Stations: Send + Sync {
    fn read(&self, city: &str) -> String;
}

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: String, stations: &impl Stations) -> String {
    stations.read(&city)
}

fn main() {}
