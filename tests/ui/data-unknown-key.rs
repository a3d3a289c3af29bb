#[chatui::data(rename_all = "camelCase")]
struct Hour {
    at: String,
}

/// Tells the hour.
#[chatui::tool(read_only)]
fn hour() -> chatui::Json<Hour> {
    chatui::Json(Hour { at: "noon".into() })
}

fn main() {}
