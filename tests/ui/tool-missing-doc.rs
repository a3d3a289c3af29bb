#[chatui::tool(read_only)]
fn forecast(city: String) -> String {
    city
}

fn main() {}
