/// Says hello.
#[chatui::prompt]
fn hello<T: ToString>(to: T) -> String {
    to.to_string()
}

fn main() {}
