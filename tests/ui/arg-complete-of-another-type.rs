/// Plans a day.
#[chatui::prompt]
fn day(#[arg(complete = count)] city: String, #[arg(complete = numbers)] to: String, #[arg(complete = all)] all: String) -> String {
    city + &to + &all
}

fn count(typed: &str) -> usize {
    typed.len()
}

fn numbers(typed: &str) -> Vec<usize> {
    vec![typed.len()]
}

fn all() -> Vec<String> {
    Vec::new()
}

fn main() {}
