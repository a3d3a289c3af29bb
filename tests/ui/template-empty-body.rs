/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><body></body>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
