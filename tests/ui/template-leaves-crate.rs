/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><img src=\"../../../secret.png\" alt=\"\">",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
