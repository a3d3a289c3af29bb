/// A card.
#[chatui::widget("ui/card.html", text = "{city}")]
#[serde(transparent)]
struct Card {
    city: String,
}

fn main() {}
