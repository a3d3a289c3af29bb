/// A card.
#[chatui::widget("ui/card.html", text = "{city}")]
struct Card {
    city: String,
    #[ui_only]
    #[ui_only]
    hours: Vec<u8>,
}

fn main() {}
