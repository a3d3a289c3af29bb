/// A card.
#[chatui::widget(
    "ui/pages",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
