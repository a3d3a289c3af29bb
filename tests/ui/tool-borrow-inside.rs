use chatui::Context;

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(cities: Vec<&str>, near: Option<&String>, cx: Option<&Context>) -> String {
    drop((near, cx));
    cities.join(", ")
}

fn main() {}
