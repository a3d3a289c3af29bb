/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script>fetch(\"https://api.example.com/forecast\")</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
