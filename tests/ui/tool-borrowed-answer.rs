use chatui::Context;

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(cx: &Context) -> &str {
    drop(cx);
    "sun"
}

fn main() {}
