/// A card.
#[chatui::widget("ui/card.html", text = "{city}", csp(resource = ["https://cdn.example.com", "http://cdn.example.com"]))]
struct Card {
    city: String,
}

fn main() {}
