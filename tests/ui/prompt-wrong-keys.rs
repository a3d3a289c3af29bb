/// Says hello.
#[chatui::prompt(titel = "Hello", read_only, icon = "http://example.com/i.png", name = "say hello", auth(nobody))]
fn hello() -> String {
    String::new()
}

/// Says hello.
#[chatui::prompt("hello")]
fn text() -> String {
    String::new()
}

fn main() {}
