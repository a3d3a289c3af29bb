/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script>key('-----BEGIN PRIVATE\x20KEY-----\\nMIIk25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk25n0oQrVcXfLyPa9786')</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
