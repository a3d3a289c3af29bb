/// A card.
#[chatui::widget("ui/card.html")]
struct Card {
    city: String,
}

fn main() {}
