/// A card.
#[chatui::widget("ui/card.html", text = "{city}", name = "my card", title = "")]
struct Card {
    city: String,
}

fn main() {}
