/// A card.
#[chatui::widget(text = "{city}", "ui/card.html")]
struct Card {
    city: String,
}

fn main() {}
