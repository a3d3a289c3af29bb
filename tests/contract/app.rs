//! An app with one of everything that a contract holds, for `contract.rs` and `submission.rs`.

use chatui::{App, Context, Json, Result, data, prompt, resource, tool, widget};

/// A walk over some stations.
#[widget(
    html = "<!doctype html><title>Walk</title><p>Walk <img src=https://tiles.example.com/1.png>",
    text = "{length} {unit}",
    csp(resource = "https://tiles.example.com"),
    permissions(geolocation)
)]
struct Walk {
    length: f64,
    unit: String,
    note: Option<String>,
    /// Drawn, not told.
    #[ui_only]
    points: Vec<Point>,
}

#[data]
struct Point {
    x: f64,
    y: f64,
}

#[data]
enum Pace {
    Slow,
    Fast,
}

/// Use this when the user wants to walk.
#[tool(read_only, examples = ["Walk two steps", "Take me for a walk", "Let us walk fast"])]
async fn walk(
    /// How many.
    #[arg(range = 1..=9)]
    steps: u8,
    #[arg(length = ..=20)] name: Option<String>,
    pace: Option<Pace>,
    from: Option<Point>,
    cx: &Context,
) -> Walk {
    let _ = (name, pace);
    for step in 1..=steps {
        cx.progress(step, steps, "walking").await;
    }
    Walk { length: steps.into(), unit: "km".into(), note: None, points: from.into_iter().collect() }
}

/// Use this when the user wants a walk forgotten.
#[tool(destructive, open_world, invoking = "Forgetting…", examples = ["Forget my walk", "Delete the last walk"])]
fn forget(id: u32) -> Result<Json<Vec<u32>>> {
    Ok(Json(vec![id]))
}

/// The walk once more.
#[tool(read_only, app_only)]
fn refresh() -> Walk {
    Walk { length: 0.0, unit: "km".into(), note: None, points: Vec::new() }
}

/// Hums along.
#[tool(read_only)]
fn hum() -> &'static str {
    "hum"
}

/// All walks.
#[resource("walks://all")]
fn walks() -> String {
    String::new()
}

/// Plans a walk.
#[prompt]
fn plan(
    /// How many.
    #[arg(range = 1..=9)]
    steps: u8,
    pace: Option<Pace>,
) -> String {
    let _ = pace;
    format!("Plan a walk of {steps} steps.")
}

#[chatui::app(not_for = ["Drive me home", "Book a train", "What is a walk?"])]
async fn app() -> App {
    // As a pool of connections does it.
    let _ = tokio::runtime::Handle::current();
    plain()
}

fn plain() -> App {
    App::new().instructions("Walks.")
}

/// As tests call it, which can't be other tests here: they are to fail.
fn main() -> chatui::Exit {
    match std::env::args().nth(1).as_deref() {
        Some("assert") => chatui::assert_contract!(),
        Some("assert-within-a-runtime") => {
            let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
            runtime.block_on(async { chatui::assert_contract!() });
        }
        Some("assert-this-app") => chatui::assert_contract!(plain()),
        Some("assert-another-app") => chatui::assert_contract!(App::new()),
        Some("assert-no-app") => chatui::assert_contract!(Err::<App, _>("no database")),
        _ => return chatui::main(),
    }
    std::process::exit(0)
}
