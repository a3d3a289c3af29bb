/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    assets = "ui/pages/secret"
)]
struct Card {
    city: String,
}

fn main() {}
