/// A card.
#[chatui::widget("ui/card.html", text = "{city}", csp(conect = "https://api.example.com", script = "https://cdn.example.com"))]
struct Card {
    city: String,
}

fn main() {}
