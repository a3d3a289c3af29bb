/// A card.
#[chatui::widget("ui/cart.html", text = "{city}")]
struct Card {
    city: String,
}

/// Draws a card.
#[chatui::tool(read_only)]
fn draw(city: String) -> Card {
    Card { city }
}

/// Draws a card or fails.
#[chatui::tool(read_only)]
async fn try_draw(city: String) -> chatui::Result<chatui::Reply<Card>> {
    Ok(chatui::Reply::new(Card { city }))
}

#[test]
fn draws() {
    use chatui::__private::Draw;
    assert_eq!(draw("Paris".into()).text(), "Paris");
}

fn main() {}
