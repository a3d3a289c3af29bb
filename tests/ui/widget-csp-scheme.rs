/// A card.
#[chatui::widget(
    "ui/card.html",
    text = "{city}",
    csp(connect = "ftp://files.example.com")
)]
struct Card {
    city: String,
}

fn main() {}
