/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script>new WebSocket(\"wss://live.example.com\")</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
