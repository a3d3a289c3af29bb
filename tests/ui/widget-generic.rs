/// A card.
#[chatui::widget("ui/card.html", text = "a card")]
struct Card<T> {
    front: T,
}

fn main() {}
