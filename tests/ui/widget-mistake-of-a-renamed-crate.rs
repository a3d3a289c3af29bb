mod other {
    pub use ::chatui as inner;
}

/// A card.
#[chatui::widget("ui/card.html", text = "{city}", crate = crate::other::inner, border)]
struct Card {
    city: String,
}

/// Draws a card.
#[chatui::tool(read_only, crate = crate::other::inner)]
fn draw(city: String) -> Card {
    Card { city }
}

fn main() {}
