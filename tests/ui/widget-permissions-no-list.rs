/// A card.
#[chatui::widget("ui/card.html", text = "{city}", permissions = "camera")]
struct Card {
    city: String,
}

fn main() {}
