//! Lints denied around: nothing is said about what the attributes write.

#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused,
    unused_qualifications,
    unused_results,
    single_use_lifetimes,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    redundant_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unused_import_braces,
    unused_lifetimes,
    variant_size_differences,
    keyword_idents,
    unsafe_code,
    clippy::all,
    clippy::pedantic
)]
#![deny(
    clippy::absolute_paths,
    clippy::allow_attributes,
    clippy::unwrap_used,
    clippy::exhaustive_structs,
    clippy::missing_docs_in_private_items
)]

use chatui::{Context, Json, Result, data, prompt, resource, tool, widget};

/// A day.
#[data]
#[derive(Debug, Clone)]
pub(crate) struct Day {
    /// Its number.
    pub(crate) number: u8,
}

/// A card.
#[widget("ui/card.html", text = "{number}", prefers_border)]
#[derive(Debug, Clone)]
#[serde(rename_all = "camelCase", tag = "type")]
pub(crate) struct LintCard {
    /// A number.
    pub(crate) number: u8,
    /// Is not in the text.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub(crate) not_in_the_text: Option<Day>,
    /// Hidden.
    #[ui_only]
    #[serde(default)]
    pub(crate) hidden_day: Day,
    /// Is on its way out.
    #[deprecated]
    pub(crate) old: u8,
}

/// Draws.
#[tool(read_only, idempotent)]
#[expect(deprecated, reason = "the field is on its way out")]
pub(crate) fn lint_draw(
    /// A day.
    day: Day,
    /// How many.
    #[arg(default = 1)]
    many: u8,
) -> LintCard {
    LintCard { number: day.number * many, not_in_the_text: None, hidden_day: day, old: 1 }
}

/// Is on its way out.
#[tool(destructive)]
#[deprecated = "use another"]
pub(crate) fn lint_deprecated() {}

/// Must be used.
#[tool(writes)]
#[must_use]
pub(crate) const fn lint_must_use() -> Json<u8> {
    Json(1)
}

/// Must be used, later.
#[tool(writes)]
#[must_use = "it is a number"]
#[allow(clippy::allow_attributes, clippy::unused_async, reason = "some tools wait for nothing")]
pub(crate) async fn lint_async(cx: &Context) -> Result<Json<u8>> {
    cx.progress(1, 1, "done").await;
    Ok(Json(1))
}

/// Has many.
#[tool(read_only)]
#[inline]
pub(crate) fn lint_many(a1: u8, a2: u8, a3: u8, a4: u8, a5: u8, a6: u8, a7: u8, a8: u8) -> Json<u8> {
    Json(a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8)
}

/// A note.
#[resource("lint://{id}")]
pub(crate) fn lint_note(#[arg(complete = lint_offers)] id: u8) -> String {
    id.to_string()
}

/// Asks.
#[prompt]
pub(crate) fn lint_ask(#[arg(complete = lint_offers)] text: String, #[arg(default)] times: u8) -> String {
    text + &"!".repeat(times.into())
}

fn lint_offers(typed: &str) -> Vec<String> {
    vec![typed.to_owned()]
}

mod test {
    use serde_json::json;

    #[tokio::test]
    async fn nothing_is_said_and_all_is_called() {
        let result = crate::call("lint_draw", json!({ "day": { "number": 2 } })).await;
        assert_eq!(result["structuredContent"], json!({ "type": "LintCard", "number": 2, "old": 1 }));
        assert_eq!(result["_meta"]["chatui/uiOnly"]["hiddenDay"], json!({ "number": 2 }));
        assert_eq!(crate::say("lint_deprecated", json!({})).await, "done");
        assert_eq!(crate::data("lint_must_use", json!({})).await, r#"{"result":1}"#);
        assert_eq!(crate::data("lint_async", json!({})).await, r#"{"result":1}"#);
        let many = json!({ "a1": 1, "a2": 1, "a3": 1, "a4": 1, "a5": 1, "a6": 1, "a7": 1, "a8": 1 });
        assert_eq!(crate::data("lint_many", many).await, r#"{"result":8}"#);
        assert_eq!(crate::read("lint://3").await["text"], "3");
    }
}
