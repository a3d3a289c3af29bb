/// A card.
#[chatui::widget("ui/card.html", text = "{city}", crate = self::chatui)]
struct Card {
    city: String,
}

fn main() {}
