/// A card.
#[chatui::widget("ui/card.html", text = "{city}", csp(frame = "https://maps.*.example.com", redirect = "*"))]
struct Card {
    city: String,
}

fn main() {}
