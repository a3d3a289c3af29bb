/// A card.
#[chatui::widget("ui/card.html", text = "the weather of {}")]
struct Card {
    city: String,
}

fn main() {}
