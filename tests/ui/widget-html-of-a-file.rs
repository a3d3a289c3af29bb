/// A card.
#[chatui::widget(html = include_str!("card.html"), text = "{city}")]
struct Card {
    city: String,
}

fn main() {}
