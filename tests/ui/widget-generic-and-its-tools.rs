/// A card.
#[chatui::widget("ui/card.html", text = "a card")]
struct Card<T> where T: Copy {
    front: T,
}

/// Draws.
#[chatui::tool(read_only)]
fn draw() -> chatui::Result<Card<u8>> {
    Ok(Card { front: 1 })
}

fn main() {}
