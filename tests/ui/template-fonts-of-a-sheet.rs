/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><link rel=\"stylesheet\" href=\"https://fonts.googleapis.com/css2?family=Inter\"><p>Hi",
    text = "{city}",
    csp(resource = "https://fonts.googleapis.com")
)]
struct Card {
    city: String,
}

fn main() {}
