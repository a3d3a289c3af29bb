#[chatui::data]
union Hour {
    a: u8,
    b: u8,
}

fn main() {}
