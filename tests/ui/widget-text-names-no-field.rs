/// A card.
#[chatui::widget("ui/card.html", text = "{town}")]
struct Card {
    city: String,
}

fn main() {}
