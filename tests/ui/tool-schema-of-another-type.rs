/// Forecasts.
#[chatui::tool(read_only, schema = closed)]
fn forecast(city: String) -> String {
    city
}

fn closed(schema: serde_json::Value) -> serde_json::Value {
    schema
}

fn main() {}
