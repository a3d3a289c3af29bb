#[chatui::data]
struct Hours {
    first: u8,
}

/// A card.
#[chatui::widget("ui/card.html", text = "{city}")]
struct Card {
    city: String,
    #[ui_only]
    #[serde(flatten)]
    hours: Hours,
}

fn main() {}
