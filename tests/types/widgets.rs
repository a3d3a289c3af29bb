//! Widgets whose types are hard to name or to write, for the `types` command.

use chatui::{Json, Reply, Result, data, tool, widget};
use std::collections::BTreeMap;

/// Where it is; a comment can hold a */ of its own.
///
/// - The second paragraph is a list.
#[widget(html = "<!doctype html><title>Map</title><p>Map", text = "{name}", name = "map-card")]
#[serde(rename_all = "camelCase")]
struct Map {
    name: String,
    /// The point in the middle.
    the_middle: Point,
    zoom: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<Marker>,
    /// A tree as nothing but a map of itself.
    areas: Areas,
    #[serde(rename = "first-seen")]
    first_seen: BTreeMap<String, Point>,
    corners: Vec<[Point; 2]>,
}

#[data]
#[derive(Clone)]
struct Point {
    lon: f64,
    lat: f64,
    label: Option<String>,
}

#[data]
#[serde(tag = "kind")]
enum Marker {
    /// A flag.
    Flag { colour: String },
    /// Somebody's face.
    Face(Record),
    #[serde(rename = "it's \"none\"")]
    Nothing,
}

/// It is called as a type of TypeScript's own.
#[data]
struct Record {
    url: String,
    #[deprecated = "nobody has it"]
    #[serde(default)]
    size: u32,
}

#[data]
struct Areas(BTreeMap<String, Areas>);

mod elsewhere {
    #[chatui::data]
    pub(crate) struct Point {
        pub(crate) x: i64,
        pub(crate) y: i64,
    }
}

/// It is called as what each file exports.
#[widget(html = "<!doctype html><title>Widget</title><p>Widget", text = "{count}")]
struct Widget {
    count: usize,
    #[serde(flatten)]
    more: BTreeMap<String, bool>,
    /// Only the template reads it.
    #[ui_only]
    points: Vec<elsewhere::Point>,
}

/// Shows a map around a point.
#[tool(read_only)]
fn show_map(
    /// Where to look.
    at: Point,
    #[arg(default = 3, range = 0..=20)] zoom: u8,
) -> Map {
    map(at, Some(zoom))
}

/// Shows the map of a place, for example "*/".
#[tool(read_only, model_only)]
fn find(
    /// The name of the place.
    #[arg(name = "place-name")]
    place: String,
) -> Result<Reply<Map>> {
    Ok(Reply::new(map(Point { lon: 0.0, lat: 0.0, label: Some(place) }, None)))
}

/// Shows where the user is.
#[tool(read_only)]
fn here() -> Map {
    map(Point { lon: 0.0, lat: 0.0, label: None }, None)
}

fn map(at: Point, zoom: Option<u8>) -> Map {
    let (areas, first_seen) = (Areas(BTreeMap::new()), BTreeMap::new());
    Map { name: "a map".into(), the_middle: at, zoom, marker: None, areas, first_seen, corners: Vec::new() }
}

/// Counts.
#[tool(read_only, app_only)]
fn count() -> Widget {
    Widget { count: 0, more: BTreeMap::new(), points: Vec::new() }
}

/// Where the mouse was.
#[tool(read_only, app_only, schema = in_steps)]
fn snap(to: elsewhere::Point, step: Option<u8>) -> Json<Vec<elsewhere::Point>> {
    Json(if step.is_some() { vec![to] } else { Vec::new() })
}

fn in_steps(schema: &mut serde_json::Value) {
    schema["properties"]["step"]["enum"] = [1, 2, 5].into();
}

/// Says how it is going.
#[tool(read_only, name = "how-is-it-going")]
fn how() -> String {
    "well".into()
}

fn main() -> chatui::Exit {
    chatui::main()
}
