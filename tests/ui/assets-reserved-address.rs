/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    assets = "ui/pages/health"
)]
struct Card {
    city: String,
}

fn main() {}
