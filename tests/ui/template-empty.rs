/// A card.
#[chatui::widget(
    html = "",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
