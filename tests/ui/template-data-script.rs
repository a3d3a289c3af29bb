/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script src=\"data:text/javascript,draw()\"></script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
