struct Words;

/// Says hello.
#[chatui::prompt]
fn hello() -> Words {
    Words
}

/// Says nothing at times.
#[chatui::prompt]
fn perhaps() -> Option<String> {
    None
}

fn main() {}
