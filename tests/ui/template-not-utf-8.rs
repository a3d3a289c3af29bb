/// A card.
#[chatui::widget(
    "ui/pages/latin.html",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
