use chatui::Context;

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: String, #[arg(name = "context")] cx: &Context) -> String {
    drop(cx);
    city
}

fn main() {}
