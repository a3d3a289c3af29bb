/// A card.
#[chatui::widget(html = "<p>Hi</p>", text = "{city}")]
struct Card {
    city: String,
}

fn main() {}
