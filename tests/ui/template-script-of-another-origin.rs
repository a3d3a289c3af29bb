/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script src=\"https://cdn.example.com/chart.js\"></script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
