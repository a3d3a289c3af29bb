/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><p>Hi</p><!-- draw",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
