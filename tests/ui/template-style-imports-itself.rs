/// A card.
#[chatui::widget(
    "ui/pages/circle.html",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
