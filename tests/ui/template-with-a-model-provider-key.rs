/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script>key('\x73k-proj-k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk25n0oQrVcXfLyPa978')</script>
<script>key('\x73k-ant-api03-k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk25n0oQrVcXfLyPa9786EdxWs1JZbHuJZbHu3mT4Gk25n0oQrVcX')</script>
<script>key('\x73k-or-v1-d76f1ba9c3e548029c3e54802d76f1ba02d76f1ba9c3e548ba9c3e54802d76f1')</script>
<script>key('\x68f_k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT')</script>
<script>key('\x67sk_k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk25n0oQrVcX')</script>
<script>key('\x78ai-k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk25n0oQrVcXfLyPa9786EdxWs1JZbHuJZbHu3mT')</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
