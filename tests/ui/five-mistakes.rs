#[chatui::tool(readonly)]
fn forecast(
    /// The place.
    city: &str,
    (from, to): (u8, u8),
    cx: &mut chatui::Context,
) -> String {
    String::new()
}

fn main() {}
