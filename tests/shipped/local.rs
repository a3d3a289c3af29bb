//! Right on the machine that it is developed on, and nowhere else.

/// A card.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script src=\"http://localhost:5173/card.js\"></script>",
    text = "{city}",
    csp(resource = "http://localhost:5173", connect = "https://early-bird.ngrok-free.app")
)]
pub struct Card {
    pub city: String,
}

/// The same, looked at.
#[chatui::widget(
    html = "<!doctype html><title>Card</title><script src=\"http://localhost:5173/card.js\"></script>
        <a href=\"http://localhost:5173/help\">Help</a><script>chatui.open('http://127.0.0.1:5173/help')</script>",
    text = "{city}",
    csp(resource = "http://localhost:5173"),
    allow = "localhost"
)]
pub struct Allowed {
    pub city: String,
}

/// Loads nothing from there, and leads there all the same.
#[chatui::widget(
    html = "<!doctype html><title>Links</title><a href=\"http://localhost:5174/help\">Help</a>
        <script>chatui.open('https://late-owl.ngrok-free.app/help')</script>",
    text = "{city}"
)]
pub struct Links {
    pub city: String,
}
