/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    allow(secret)
)]
struct Card {
    city: String,
}

fn main() {}
