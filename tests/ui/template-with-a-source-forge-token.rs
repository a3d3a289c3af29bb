/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script>key('\x67hp_k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G')</script>
<script>key('\x67ithub_pat_k25n0oQrVcXfLyPa9786Ed_k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk25n0oQrVcXfLyPa97')</script>
<script>key('\x67lpat-k25n0oQrVcXfLyPa9786')</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
