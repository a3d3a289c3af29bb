#[chatui::data]
#[derive(Debug, serde::Serialize)]
struct Hour {
    at: String,
}

fn main() {}
