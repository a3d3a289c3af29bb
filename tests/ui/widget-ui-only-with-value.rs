/// A card.
#[chatui::widget("ui/card.html", text = "{city}")]
struct Card {
    city: String,
    #[ui_only(true)]
    hours: Vec<u8>,
}

fn main() {}
