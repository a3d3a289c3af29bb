struct Hour {
    degrees: f64,
}

/// A card.
#[chatui::widget("ui/card.html", text = "{city}")]
struct Card {
    city: String,
    hours: Vec<Hour>,
    #[ui_only]
    more: Vec<Hour>,
}

fn main() {}
