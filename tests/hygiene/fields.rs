//! Derives and serde's attributes above and below `#[widget]`, in every order: the JSON is the widget's own, and the
//! user's derives do what they did.

use chatui::{tool, widget};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;
use std::collections::BTreeMap;

#[chatui::data]
#[derive(Clone, Debug, PartialEq)]
struct Flat {
    deep_one: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
}

impl Flat {
    fn new() -> Self {
        Flat { deep_one: 1, rest: BTreeMap::from([("other".into(), 2)]) }
    }
}

fn shout<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text.to_uppercase())
}

fn generic<T: std::fmt::Display + Default, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// A helper that asks for more than a reference has.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

mod doubled {
    use super::*;

    pub(super) fn serialize<S: Serializer>(value: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(value * 2)
    }

    pub(super) fn deserialize<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
        u8::deserialize(deserializer).map(|value| value / 2)
    }
}

macro_rules! widgets {
    ($($name:ident $tool:ident [$($above:meta)*] [$($below:meta)*];)*) => {$(
        $(#[$above])*
        /// A card.
        #[widget("ui/card.html", text = "{loud} {skipped}")]
        $(#[$below])*
        struct $name {
            #[serde(rename = "first")]
            renamed_field: u8,
            #[serde(serialize_with = "shout")]
            loud: String,
            #[serde(serialize_with = "generic")]
            any_number: u8,
            #[serde(with = "doubled")]
            #[schemars(with = "u8")]
            double: u8,
            #[serde(flatten)]
            flat: Flat,
            #[serde(default, skip_serializing_if = "Option::is_none")]
            no_option: Option<u8>,
            #[serde(default, skip_serializing_if = "Vec::is_empty")]
            no_list: Vec<u8>,
            #[serde(default, skip_serializing_if = "is_default")]
            no_number: u8,
            #[serde(skip)]
            skipped: u8,
            #[ui_only]
            #[serde(rename = "last", default, skip_serializing_if = "is_default")]
            hidden_field: u8,
            #[serde(serialize_with = "shout")]
            #[ui_only]
            hidden_text: String,
        }

        /// Draws it.
        #[tool(read_only)]
        fn $tool() -> $name {
            $name {
                renamed_field: 1,
                loud: "loud".into(),
                any_number: 2,
                double: 3,
                flat: Flat::new(),
                no_option: None,
                no_list: Vec::new(),
                no_number: 0,
                skipped: 9,
                hidden_field: 4,
                hidden_text: "hidden".into(),
            }
        }
    )*};
}
widgets! {
    Alone draw_alone [] [];
    Debugged draw_debugged [] [derive(Clone, Debug, PartialEq)];
    Below draw_below [] [derive(Serialize, Debug) serde(rename_all = "camelCase")];
    Above draw_above [derive(Serialize) serde(rename_all = "camelCase")] [];
    AboveAndBelow draw_above_and_below [derive(Serialize)] [serde(rename_all = "camelCase") derive(Debug)];
    Schema draw_schema [derive(JsonSchema)] [derive(Serialize) serde(rename_all = "camelCase")];
    SchemaBelow draw_schema_below [derive(Clone, Serialize)] [derive(JsonSchema) serde(rename_all = "camelCase")];
    Both draw_both [] [derive(Serialize, Deserialize, JsonSchema, Clone, Debug) serde(rename_all = "camelCase", deny_unknown_fields)];
    Tagged draw_tagged [] [serde(tag = "kind", rename_all = "camelCase")];
    Renamed draw_renamed [] [serde(tag = "kind", rename = "other", rename_all = "camelCase")];
}

#[tokio::test]
async fn the_model_reads_the_same_in_every_order() {
    let snake = r#"{"first":1,"loud":"LOUD","any_number":"2","double":6,"deep_one":1,"other":2}"#;
    for tool in ["draw_alone", "draw_debugged"] {
        assert_eq!(super::data(tool, json!({})).await, snake, "{tool}");
        assert_eq!(super::call(tool, json!({})).await["_meta"]["chatui/uiOnly"], json!({ "last": 4, "hidden_text": "HIDDEN" }));
    }
    let camel = r#"{"first":1,"loud":"LOUD","anyNumber":"2","double":6,"deep_one":1,"other":2}"#;
    for tool in ["draw_below", "draw_above", "draw_above_and_below", "draw_schema", "draw_schema_below", "draw_both"] {
        assert_eq!(super::data(tool, json!({})).await, camel, "{tool}");
        assert_eq!(super::call(tool, json!({})).await["_meta"]["chatui/uiOnly"], json!({ "last": 4, "hiddenText": "HIDDEN" }));
    }
    for (tool, tag) in [("draw_tagged", "Tagged"), ("draw_renamed", "other")] {
        assert_eq!(super::data(tool, json!({})).await, camel.replacen('{', &format!(r#"{{"kind":"{tag}","#), 1), "{tool}");
    }
}

#[tokio::test]
async fn the_schema_is_that_of_the_shown_fields() {
    let keys = async |tool: &str| {
        let schema = super::listed(tool).await["outputSchema"].take();
        schema["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(keys("draw_alone").await, "first loud any_number double deep_one no_option no_list no_number");
    for tool in ["draw_below", "draw_above", "draw_schema", "draw_both"] {
        assert_eq!(keys(tool).await, "first loud anyNumber double deep_one noOption noList noNumber", "{tool}");
    }
}

#[test]
fn the_users_derives_are_the_users() {
    assert_eq!(draw_debugged(), draw_debugged().clone());
    let own = json!({
        "first": 1, "loud": "LOUD", "anyNumber": "2", "double": 6, "deep_one": 1, "other": 2, "last": 4, "hiddenText": "HIDDEN",
    });
    assert_eq!(serde_json::to_value(draw_below()).unwrap(), own);
    assert_eq!(serde_json::to_value(draw_above()).unwrap(), own);
    assert_eq!(serde_json::to_value(draw_schema()).unwrap(), own);
    assert!(format!("{:?}", draw_both()).contains("hidden_text: \"hidden\""));
    assert_eq!(serde_json::to_value(draw_schema_below().clone()).unwrap(), own);
}

/// A type that is read too: the whole struct has a default, which no view has.
#[derive(Serialize, Deserialize, Debug, PartialEq)]
#[widget("ui/card.html", text = "{low}–{high}")]
#[serde(default, deny_unknown_fields)]
struct Span {
    #[serde(alias = "min")]
    low: i32,
    high: i32,
    #[ui_only]
    note: String,
}

impl Default for Span {
    fn default() -> Self {
        Span { low: 0, high: 10, note: "default".into() }
    }
}

type Again = Span;
type Fallible<T = Again> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
type Number = u8;
type Maybe = Option<Number>;

/// Aliases everywhere.
#[tool(read_only)]
async fn span(high: Maybe, low: Number) -> Fallible {
    Ok(Again { low: low.into(), high: high.map_or(10, Into::into), ..Span::default() })
}

#[tokio::test]
async fn aliases_are_looked_through() {
    let tool = super::listed("span").await;
    assert_eq!(tool["inputSchema"]["required"], json!(["low"]));
    assert_eq!(tool["outputSchema"]["required"], json!(["low", "high"]));
    assert!(tool["_meta"]["ui"]["resourceUri"].as_str().unwrap().contains("/span-"));
    assert_eq!(super::data("span", json!({ "low": 1 })).await, r#"{"low":1,"high":10}"#);
    assert_eq!(super::say("span", json!({ "low": 1, "high": 2 })).await, "1–2");
    let read: Span = serde_json::from_str(r#"{"min":3}"#).unwrap();
    assert_eq!(read, Span { low: 3, high: 10, note: "default".into() });
}
