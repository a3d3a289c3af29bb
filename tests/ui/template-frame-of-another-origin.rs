/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><iframe src=\"https://map.example.com/\"></iframe>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
