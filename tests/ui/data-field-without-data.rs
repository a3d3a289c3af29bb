struct Wind(f64);

#[chatui::data]
struct Hour {
    at: String,
    wind: Wind,
}

fn main() {}
