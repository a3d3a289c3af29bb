/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><style>@font-face { font-family: a; src: url(https://fonts.example.com/a.woff2) }</style><p>Hi",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
