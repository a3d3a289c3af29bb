struct Weather {
    degrees: f64,
}

/// Forecasts.
#[chatui::tool(read_only)]
fn forecast(city: String) -> chatui::Json<Weather> {
    drop(city);
    chatui::Json(Weather { degrees: 20.0 })
}

fn main() {}
