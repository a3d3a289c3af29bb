/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script src=\"https://cdn.example.com/chart.js\"></script>
<img src=\"ui/missing.png\" alt=\"\">
<object data=\"a\"></object>
<script>fetch(\"https://api.example.com\")</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
