/// A card.
#[chatui::widget("ui/card.html", text = "{city}")]
struct Card<'a> {
    city: &'a str,
}

fn main() {}
