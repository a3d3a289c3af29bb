/// A card.
#[chatui::widget(
    "ui/pages/condition.html",
    text = "{city}",
    csp(resource = "https://cdn.example.com")
)]
struct Card {
    city: String,
}

fn main() {}
