const LEVEL: u8 = 1;

/// Forecasts.
#[chatui::tool(read_only, meta("com.example/level" = LEVEL, "com.example/list" = [1, 2]))]
fn forecast(city: String) -> String {
    city
}

fn main() {}
