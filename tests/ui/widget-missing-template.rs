/// A card.
#[chatui::widget("ui/cart.html", text = "{city}")]
struct Card {
    city: String,
}

fn main() {}
