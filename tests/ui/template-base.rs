/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><base href=\"https://example.com/\"><p>Hi",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
