/// A card.
#[chatui::widget("ui/card.html", text = "{city}: {hours:?}")]
struct Card {
    city: String,
    #[ui_only]
    hours: Vec<u8>,
}

fn main() {}
