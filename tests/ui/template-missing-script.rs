/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script src=\"ui/crad.js\"></script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
