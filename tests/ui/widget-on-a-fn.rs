/// A card.
#[chatui::widget("ui/card.html", text = "a card")]
fn card() {}

fn main() {}
