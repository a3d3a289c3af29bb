/// Forecasts.
#[chatui::tool(
    read_only = true,
    open_world(true),
    idempotent = "yes",
    app_only = false,
    blocking = 4,
)]
fn forecast(city: String) -> String {
    city
}

/// Saves.
#[chatui::tool(writes(places), model_only = true)]
fn save(city: String) -> String {
    city
}

/// Deletes.
#[chatui::tool(destructive = 1)]
fn delete(city: String) -> String {
    city
}

fn main() {}
