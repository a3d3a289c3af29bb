/// A card.
#[chatui::widget("ui/card.html", text = 5, title = Card, name = card, prefers_border = true, html(card), crate = "chatui")]
struct Card {
    city: String,
}

fn main() {}
