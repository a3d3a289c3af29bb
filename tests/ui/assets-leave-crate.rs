/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    assets = "../assets"
)]
struct Card {
    city: String,
}

fn main() {}
