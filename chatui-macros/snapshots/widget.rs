/// A forecast card for one city.
#[widget("snapshots/card.html", text = "{city}: {high}°")]
pub struct Forecast {
    pub city: String,
    pub high: i32,
}
