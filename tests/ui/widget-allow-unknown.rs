/// A card.
#[chatui::widget(allow = ["secrets", "everything"], text = "{city}")]
struct Card {
    city: String,
}

fn main() {}
