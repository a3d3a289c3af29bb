//! What keeps an app from starting is said all at once, with the tools and the line to add.

use chatui::{App, tool};

struct Stations;
mod other {
    pub(crate) struct Alerts;
}

/// Reads.
#[tool(read_only)]
fn first(stations: &Stations, alerts: &other::Alerts) -> String {
    let (Stations, other::Alerts) = (stations, alerts);
    String::new()
}

/// Reads too.
#[tool(read_only)]
fn second(stations: &Stations) -> String {
    let Stations = stations;
    String::new()
}

/// Has the name of another.
#[tool(read_only, name = "second")]
fn third() -> String {
    String::new()
}

/// The attribute knows `u8`, and not what an alias stands for.
type Small = u8;

/// Has a default that its type does not take.
#[tool(read_only)]
fn fourth(#[arg(default = 300)] small: Small) -> String {
    small.to_string()
}

#[test]
fn everything_wrong_is_listed() {
    let mistakes = App::new().state(other::Alerts).state(other::Alerts).build().err().unwrap();
    let mistakes: Vec<&str> = mistakes.iter().collect();
    let [names, doubled, missing, default] = mistakes.as_slice() else { panic!("{mistakes:#?}") };
    assert!(
        names.starts_with("two tools are named `second`, at tests/start.rs:") && names.ends_with("or give it `name = \"…\"`"),
        "{names}"
    );
    assert_eq!(*doubled, "the app lends two values of type `start::other::Alerts`; keep one of each type");
    assert!(default.starts_with("tool `fourth` (tests/start.rs:"), "{default}");
    assert!(default.ends_with("the default of `small` is 300; expected an integer from 0 to 255"), "{default}");
    assert!(missing.starts_with("`first` (tests/start.rs:") && missing.contains("`second` (tests/start.rs:"), "{missing}");
    assert!(
        missing.contains(" borrow `&start::Stations`, which the app does not lend; write a fn `app() -> App` with #[chatui::app] that has")
    );
    assert!(missing.contains("`.state(Stations …)`"), "{missing}");
}
