/// A card.
#[chatui::widget("ui/card.html", text = "{city}")]
#[serde(into = "String")]
#[derive(Clone)]
struct Card {
    city: String,
    #[ui_only]
    hours: Vec<u8>,
}

impl From<Card> for String {
    fn from(card: Card) -> String {
        card.city
    }
}

fn main() {}
