/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script>const db = \"postgres://app:Wq8rT2zLp9xV@db.shop.internal/shop\"</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
