/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><svg><use href=\"ui/icons.svg#sun\"></use></svg>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
