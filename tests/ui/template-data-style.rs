/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><link rel=\"stylesheet\" href=\"data:text/css,p{}\"><p>Hi",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
