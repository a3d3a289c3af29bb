/// The forecast of a city.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><p id=p></p>
<script>chatui.on('data', ({ city, hihg }) => p.textContent = `${city}: ${hihg}`)</script>",
    text = "{city}"
)]
struct Card {
    city: String,
    high: f64,
}

fn main() {}
