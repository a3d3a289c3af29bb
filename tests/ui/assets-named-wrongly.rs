/// A card.
#[chatui::widget(
    "ui/pages/beside.html",
    text = "{city}",
    assets = "ui/pages/beside"
)]
struct Card {
    city: String,
}

fn main() {}
