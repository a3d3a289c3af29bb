/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    assets = "ui/pages/reserved"
)]
struct Card {
    city: String,
}

fn main() {}
