/// A card.
#[chatui::widget("ui/card.html", text = "a card")]
struct Card;

fn main() {}
