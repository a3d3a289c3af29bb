/// Use this when the user asks for the weather of a place.
#[tool(read_only)]
pub async fn forecast(
    /// City name, for example "Paris".
    city: String,
    /// Days from today.
    day: u8,
) -> Result<Forecast> {
    read(&city, day).await
}
