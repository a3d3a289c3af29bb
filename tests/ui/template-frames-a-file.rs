/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><iframe src=\"ui/card.html\"></iframe>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
