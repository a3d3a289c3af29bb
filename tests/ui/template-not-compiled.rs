/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script src=\"main.ts\"></script>
<link rel=\"stylesheet\" href=\"card.scss\">",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
