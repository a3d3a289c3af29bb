/// Plans a day.
#[chatui::prompt]
fn day(#[arg(complete = ["Paris", "Rome"])] city: String, #[arg(complete)] to: String) -> String {
    city + &to
}

fn main() {}
