/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script type=\"module\">import draw from \"https://cdn.example.com/draw.js\"; draw()</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
