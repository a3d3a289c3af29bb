/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><link rel=\"preload\" as=\"style\" href=\"https://cdn.example.com/a.css\"><p>Hi",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
