/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    csp(connect = "https://api.example.com:port")
)]
struct Card {
    city: String,
}

fn main() {}
