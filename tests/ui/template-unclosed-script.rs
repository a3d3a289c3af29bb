/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><p>Hi</p><script>draw()",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
