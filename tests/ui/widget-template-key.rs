/// A card.
#[chatui::widget(template = "ui/card.html", text = "{city}")]
struct Card {
    city: String,
}

fn main() {}
