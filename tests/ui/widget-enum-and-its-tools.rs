/// A card.
#[chatui::widget("ui/card.html", text = "a card")]
enum Card {
    Front,
}

/// Draws.
#[chatui::tool(read_only)]
fn draw() -> Card {
    Card::Front
}

fn main() {}
