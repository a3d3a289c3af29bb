/// A card.
#[chatui::widget("ui/card.html", text = "{hours}")]
struct Card {
    hours: Vec<u8>,
}

fn main() {}
