/// A card.
#[chatui::widget("../card.html", text = "{city}")]
struct Card {
    city: String,
}

fn main() {}
