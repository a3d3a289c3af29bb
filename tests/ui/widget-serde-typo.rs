/// A card.
#[chatui::widget("ui/card.html", text = "{city}")]
#[serde(rename_al = "camelCase")]
struct Card {
    #[serde(renam = "town")]
    city: String,
    #[ui_only]
    hours: Vec<u8>,
}

fn main() {}
