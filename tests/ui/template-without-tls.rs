/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><img src=\"http://img.example.com/a.png\" alt=\"\">",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
