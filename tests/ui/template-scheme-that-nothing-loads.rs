/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><img src=\"file:///logo.png\" alt=\"\"><p>Hi",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
