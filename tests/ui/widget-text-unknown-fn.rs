/// A card.
#[chatui::widget("ui/card.html", text = describe)]
struct Card {
    city: String,
}

fn main() {}
