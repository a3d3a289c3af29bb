#[derive(serde::Serialize)]
#[chatui::data]
struct Hour {
    at: String,
}

fn main() {}
