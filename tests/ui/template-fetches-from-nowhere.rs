/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script>fetch(\"/api/forecast\")</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
