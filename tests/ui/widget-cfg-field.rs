/// A card.
#[chatui::widget("ui/card.html", text = "{city}")]
struct Card {
    city: String,
    #[cfg(debug_assertions)]
    hours: Vec<u8>,
}

fn main() {}
