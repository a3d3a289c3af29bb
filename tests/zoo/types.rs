//! The animals: every kind of type that people put into a tool's arguments and answers.

use chatui::data;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A stop of a journey.
#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stop {
    /// City name, for example "Paris".
    pub(crate) city: String,
    /// Nights.
    pub(crate) nights: u8,
    pub(crate) note: Option<String>,
}

/// A journey.
#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Journey {
    pub(crate) stops: Vec<Stop>,
    /// Where it starts.
    pub(crate) start: Stop,
    pub(crate) back: Option<Stop>,
    pub(crate) by_day: BTreeMap<String, Stop>,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tree {
    pub(crate) name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) children: Vec<Tree>,
    pub(crate) twin: Option<Box<Tree>>,
}

/// Two types that hold each other, one of them under a name that needs escapes.
#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Folder {
    pub(crate) entries: Vec<Entry>,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(rename = "an entry/of <a> folder")]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) folder: Option<Folder>,
}

/// A sum.
#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(tag = "op", rename_all = "lowercase")]
pub(crate) enum Term {
    Number { value: f64 },
    Add { left: Box<Term>, right: Box<Term> },
}

#[data]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Plain {
    Red,
    LightBlue,
}

/// How to travel.
#[data]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Documented {
    /// On foot,
    /// slowly.
    Walk,
    /// By train.
    Train,
    Plane,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Documents {
    /// The way there.
    pub(crate) there: Documented,
    pub(crate) back: Option<Documented>,
    pub(crate) others: Vec<Documented>,
}

/// A shape, as serde writes enums by itself.
#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum External {
    Nothing,
    /// Any point.
    Point,
    /// By its radius.
    Circle(f64),
    Line(f64, f64),
    Square {
        side: u8,
        label: Option<String>,
    },
}

/// A shape with a tag.
#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Internal {
    Nothing,
    /// By its radius.
    Circle {
        radius: f64,
    },
    Stop(Stop),
}

/// A shape with a tag and a content.
#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(tag = "t", content = "c")]
pub(crate) enum Adjacent {
    Nothing,
    Circle(f64),
    Square { side: u8 },
}

/// A number, a word or a pair.
#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(untagged)]
pub(crate) enum Untagged {
    Number(i32),
    Word(String),
    Pair { left: u8, right: u8 },
    Stop(Stop),
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Flat {
    pub(crate) id: u32,
    #[serde(flatten)]
    pub(crate) stop: Stop,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FlatEnum {
    /// Which one.
    pub(crate) id: u32,
    #[serde(flatten)]
    pub(crate) shape: Internal,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(tag = "speed")]
pub(crate) enum Speed {
    Fast,
    Slow { minutes: u8 },
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FlatEnums {
    #[serde(flatten)]
    pub(crate) shape: Adjacent,
    #[serde(flatten)]
    pub(crate) speed: Option<Speed>,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FlatMap {
    pub(crate) id: u32,
    #[serde(flatten)]
    pub(crate) rest: BTreeMap<String, u8>,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Strict {
    pub(crate) id: u32,
    pub(crate) inner: Option<Box<Strict>>,
}

/// Members that are called like keywords of JSON Schema.
#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Renamed {
    pub(crate) two_words: u8,
    #[serde(rename = "$ref")]
    pub(crate) reference: u8,
    pub(crate) title: String,
    pub(crate) format: Option<String>,
    pub(crate) default: bool,
    pub(crate) r#type: String,
    pub(crate) properties: u8,
    #[serde(rename = "additionalProperties")]
    pub(crate) others: u8,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(default)]
pub(crate) struct Defaults {
    pub(crate) days: u8,
    pub(crate) name: Option<String>,
    pub(crate) stop: Stop,
}

impl Default for Defaults {
    fn default() -> Self {
        Defaults { days: 3, name: None, stop: Stop { city: "Bern".into(), nights: 1, note: None } }
    }
}

#[data]
#[derive(Debug, Clone, PartialEq)]
#[serde(transparent)]
pub(crate) struct Transparent(pub(crate) Option<u8>);

/// A length in metres.
#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Metres(pub(crate) f64);

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Pair(pub(crate) String, pub u8);

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unit;

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Empty {}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Skipped {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[serde(skip)]
    pub(crate) never: u8,
    #[serde(default, skip_serializing)]
    pub(crate) secret: String,
    #[serde(skip_deserializing)]
    pub(crate) made: u8,
    #[serde(alias = "alt")]
    pub(crate) other_name: u8,
}

/// Constraints that serde does not know.
#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Constrained {
    #[schemars(range(min = 1, max = 7))]
    pub(crate) days: Option<u8>,
    #[schemars(length(min = 1, max = 20), regex(pattern = "^[A-Z]"))]
    pub(crate) name: String,
    #[schemars(length(max = 2))]
    pub(crate) tags: Vec<Stop>,
    #[serde(alias = "factor")]
    #[schemars(extend("multipleOf" = 0.5))]
    pub(crate) scale: f64,
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub(crate) above: f32,
    #[schemars(extend("minProperties" = 1))]
    pub(crate) named: HashMap<String, u8>,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next: Option<u64>,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Anything {
    pub(crate) value: Value,
    pub(crate) maybe: Option<Value>,
    pub(crate) members: serde_json::Map<String, Value>,
    pub(crate) list: Vec<Value>,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Times {
    pub(crate) date: chrono::NaiveDate,
    pub(crate) at: chrono::DateTime<chrono::Utc>,
    pub(crate) local: Option<chrono::NaiveDateTime>,
    /// When it opens.
    pub(crate) opens: Option<chrono::NaiveTime>,
    pub(crate) id: uuid::Uuid,
    pub(crate) lasts: std::time::Duration,
}

#[data]
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Collections {
    pub(crate) by_name: HashMap<String, u8>,
    pub(crate) by_number: BTreeMap<i32, String>,
    pub(crate) by_index: BTreeMap<u64, Vec<u8>>,
    pub(crate) by_colour: BTreeMap<Plain, u8>,
    pub(crate) set: BTreeSet<String>,
    pub(crate) gaps: Vec<Option<u8>>,
    pub(crate) maybe_first: (Option<u8>, String),
}
