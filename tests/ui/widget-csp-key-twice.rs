/// A card.
#[chatui::widget("ui/card.html", text = "{city}", csp(connect = "https://a.example", connect = "https://b.example"))]
struct Card {
    city: String,
}

fn main() {}
