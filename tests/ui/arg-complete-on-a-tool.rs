/// Finds a city.
#[chatui::tool(read_only)]
fn find(#[arg(complete = cities)] city: String) -> String {
    city
}

fn cities(_: &str) -> Vec<String> {
    Vec::new()
}

fn main() {}
