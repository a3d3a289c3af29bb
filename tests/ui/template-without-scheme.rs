/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script src=\"//cdn.example.com/a.js\"></script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
