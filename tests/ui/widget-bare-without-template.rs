/// A card.
#[chatui::widget(bare, text = "{city}")]
struct Card {
    city: String,
}

fn main() {}
