/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script>key('\x6epm_k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G')</script>
<script>key('\x70ypi-k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk25n0oQrVcXfLyPa9786EdxWs1JZbHuJZbHu3mT4Gk25n0oQrVcXfLyPa97')</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
