/// A card.
#[chatui::widget("ui/card.html", text = "{city}", border, prefer_border)]
struct Card {
    city: String,
}

fn main() {}
