/// A card.
#[chatui::widget("ui/card.html", text = "{city}", csp(connect = API, frame, resource = ["https://a.example", CDN]))]
struct Card {
    city: String,
}

fn main() {}
