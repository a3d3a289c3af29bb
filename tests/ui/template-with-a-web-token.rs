/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title>
<script>key('\x65yJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.k25n0oQrVcXfLyPa9786EdxWs1JZbHu3mT4G3mT4Gk2')</script>",
    text = "{city}"
)]
struct Card {
    city: String,
}

fn main() {}
