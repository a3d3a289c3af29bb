/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    assets = "ui/asets"
)]
struct Card {
    city: String,
}

fn main() {}
