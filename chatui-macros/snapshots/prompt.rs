/// Plans a day in a city.
#[prompt(icon = "https://example.com/day.svg", auth(none))]
async fn day(
    /// The city to go to.
    #[arg(complete = cities, length = 1..)]
    city: String,
    #[arg(default = 2)] people: u8,
    guide: &Guide,
) -> Result<Vec<Message>> {
    guide.day(&city, people).await
}

/// Says hello.
#[prompt]
fn hello() -> &'static str {
    "Say hello."
}
