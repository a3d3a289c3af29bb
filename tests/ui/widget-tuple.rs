/// A card.
#[chatui::widget("ui/card.html", text = "a card")]
struct Card(String);

fn main() {}
