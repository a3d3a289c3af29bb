/// A card.
#[chatui::widget(
    text = "{city}",
    assets = "ui/pages/beside"
)]
struct Card {
    city: String,
}

fn main() {}
