/// A card.
#[chatui::widget(
    "ui/pages/large.html",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
