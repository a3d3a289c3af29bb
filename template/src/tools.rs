use chatui::{App, tool, widget};

/// How cold the air feels, with a slider for the wind.
#[widget(
    "widgets/feels_like.html",
    text = "{celsius} °C feels like {felt} °C in a wind of {wind} km/h",
    prefers_border
)]
struct FeelsLike {
    celsius: f64,
    wind: f64,
    /// In degrees Celsius.
    felt: f64,
}

/// Use this when the user asks how cold it feels outside, or about wind chill.
#[tool(read_only)]
fn feels_like(
    /// The temperature of the air in degrees Celsius; above 10 wind chill means nothing.
    #[arg(range = -50.0..=10.0)]
    celsius: f64,
    /// The speed of the wind in km/h.
    #[arg(range = 5.0..=120.0, default = 20.0)]
    wind: f64,
) -> FeelsLike {
    // The index that the weather services of Canada and the United States agreed on in 2001.
    let slowed = wind.powf(0.16);
    let felt = 13.12 + 0.6215 * celsius - 11.37 * slowed + 0.3965 * celsius * slowed;
    FeelsLike {
        celsius,
        wind,
        felt: (felt * 10.0).round() / 10.0,
    }
}

#[chatui::app]
fn app() -> App {
    App::new().instructions("Tells how cold it feels in the wind.")
}

#[test]
fn wind_makes_it_feel_colder() {
    assert_eq!(feels_like(-10.0, 30.0).felt, -19.5);
    assert!(feels_like(0.0, 60.0).felt < feels_like(0.0, 20.0).felt);
}
