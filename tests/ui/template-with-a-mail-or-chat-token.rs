/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script>key('\x53G.k25n0oQrVcXfLyPa9786Ed.k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk2')</script>
<script>key('\x78oxb-2104872913-k25n0oQrVcXfLyPa9786EdxW')</script>
<script>key('\x78app-1-A04T7QK2MZX-6651908237-d76f1ba9c3e548029c3e54802d76f1ba02d76f1ba9c3e548ba9c3e54802d76f1')</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
