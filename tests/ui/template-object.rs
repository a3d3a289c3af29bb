/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><object data=\"ui/a.pdf\"></object>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
