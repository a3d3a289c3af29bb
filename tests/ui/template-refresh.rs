/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><meta http-equiv=\"refresh\" content=\"5\"><p>Hi",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
