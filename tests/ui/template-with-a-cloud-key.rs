/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script>key('\x41KIAK25N0OQRVCXFLYPA')</script>
<script>key('\x41Izak25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4')</script>
<script>key('\x47OCSPX-k25n0oQrVcXfLyPa9786EdxWs1JZ')</script>
<script>key('\x41ccountKey=k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk25n0oQrVcXfLyPa9786EdxWs1JZbHuJZbHu3mT4Gk25n==')</script>
<script>key('\x53haredAccessKey=k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk2=')</script>
<script>key('\x64op_v1_d76f1ba9c3e548029c3e54802d76f1ba02d76f1ba9c3e548ba9c3e54802d76f1')</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
