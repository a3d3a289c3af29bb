/// Says hello.
#[chatui::prompt]
fn hello(
    name: &str,
    #[arg(range = 1..=3)] to: String,
    #[arg(length = 1..=3, default = "four")] from: String,
    #[arg(name = "the\nend")] end: String,
    (a, b): (u8, u8),
) -> String {
    format!("{name}{to}{from}{end}{a}{b}")
}

fn main() {}
