/// A card.
#[chatui::widget("ui/card.html", text = "{city}", csp = "https://api.example.com")]
struct Card {
    city: String,
}

fn main() {}
