/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    assets = "ui/pages/ignoring"
)]
struct Card {
    city: String,
}

fn main() {}
