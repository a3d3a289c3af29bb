/// A card.
#[chatui::widget("ui/card.html", html = "<!doctype html>", text = "{city}")]
struct Card {
    city: String,
}

fn main() {}
