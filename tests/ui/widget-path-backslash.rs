/// A card.
#[chatui::widget(
    "ui\\card.html",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
