/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script type=\"importmap\">{ \"imports\": { \"draw\": \"./draw.js\" } }</script><p>Hi",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
