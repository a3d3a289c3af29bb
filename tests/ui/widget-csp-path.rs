/// A card.
#[chatui::widget("ui/card.html", text = "{city}", csp(connect = "https://api.example.com/v1"))]
struct Card {
    city: String,
}

fn main() {}
