/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script>key('\x73k_live_k25n0oQrVcXfLyPa9786EdxW')</script>
<script>key('\x72k_live_k25n0oQrVcXfLyPa9786EdxW')</script>
<script>key('\x77hsec_k25n0oQrVcXfLyPa9786EdxWs1JZbHu3')</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
