/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    csp(connect = "https://me@api.example.com")
)]
struct Card {
    city: String,
}

fn main() {}
