/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script>import { draw } from \"./draw.js\"; draw()</script>
<script>export const drawn = 1</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
