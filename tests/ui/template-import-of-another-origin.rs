/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><style>@import \"https://cdn.example.com/a.css\";</style><p>Hi",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
