#[chatui::data]
fn hour() -> u8 {
    0
}

fn main() {}
