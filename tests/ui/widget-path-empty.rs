/// A card.
#[chatui::widget(
    "",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
