use std::rc::Rc;

/// Forecasts.
#[chatui::tool(read_only)]
async fn forecast(city: String) -> String {
    let shared = Rc::new(city);
    std::future::ready(()).await;
    shared.to_string()
}

fn main() {}
