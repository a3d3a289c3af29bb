use chatui::Context;

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(cx: Context) -> String {
    drop(cx);
    String::new()
}

fn main() {}
