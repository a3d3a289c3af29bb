//! Kinds of changes, each as the older version had it.

use serde_json::{Value, json};

/// What an older version had at a place: a value, or nothing.
pub(crate) type Older = (&'static str, Option<Value>);

/// Where, what happened, and what it means.
pub(crate) type Told = (&'static str, &'static str, &'static str);

/// What differed in the older version, and what is told about it.
pub(crate) fn rows() -> Vec<(&'static str, Vec<Older>, Vec<Told>)> {
    let some = |value: Value| Some(value);
    let named = |title: &str| Some(json!({ "title": title }));
    vec![
        ("another name", vec![("/app", some(json!("walks")))], vec![("/app", "changed", "refresh")]),
        ("instructions", vec![("/instructions", None)], vec![("/instructions", "added", "refresh")]),
        // Tools.
        ("a new tool", vec![("/tools/forget", None)], vec![("/tools/forget", "added", "resubmit")]),
        ("a tool that is gone", vec![("/tools/run", named("Run"))], vec![("/tools/run", "removed", "breaking")]),
        (
            "its description",
            vec![("/tools/walk/description", some(json!("Walks.")))],
            vec![("/tools/walk/description", "changed", "refresh")],
        ),
        (
            "a hint",
            vec![("/tools/forget/annotations/openWorldHint", some(json!(false)))],
            vec![("/tools/forget/annotations/openWorldHint", "changed", "resubmit")],
        ),
        (
            "whom it asks to sign in",
            vec![("/tools/walk/securitySchemes", some(json!([{ "type": "oauth2", "scopes": ["walk"] }])))],
            vec![("/tools/walk/securitySchemes", "removed", "resubmit")],
        ),
        ("what ChatGPT says meanwhile", vec![("/tools/forget/_meta", None)], vec![("/tools/forget/_meta", "added", "refresh")]),
        (
            "hidden from the model",
            vec![("/tools/refresh/visibility", some(json!(["app", "model"])))],
            vec![("/tools/refresh/visibility", "narrowed", "breaking")],
        ),
        (
            "shown to the model",
            vec![("/tools/walk/visibility", some(json!(["app"])))],
            vec![("/tools/walk/visibility", "widened", "refresh")],
        ),
        ("the same in another order", vec![("/tools/walk/visibility", some(json!(["app", "model"])))], vec![]),
        ("its widget", vec![("/tools/walk/widget", None)], vec![("/tools/walk/widget", "added", "refresh")]),
        // Arguments.
        (
            "a new argument",
            vec![("/tools/walk/inputSchema/properties/pace", None)],
            vec![("/tools/walk/inputSchema/properties/pace", "added", "refresh")],
        ),
        (
            "a new one that is required",
            vec![("/tools/walk/inputSchema/properties/steps", None)],
            vec![("/tools/walk/inputSchema/properties/steps", "required", "breaking")],
        ),
        (
            "required now",
            vec![("/tools/walk/inputSchema/required", None)],
            vec![("/tools/walk/inputSchema/properties/steps", "required", "breaking")],
        ),
        (
            "optional now",
            vec![("/tools/walk/inputSchema/required", some(json!(["steps", "name"])))],
            vec![("/tools/walk/inputSchema/properties/name", "optional", "refresh")],
        ),
        (
            "an argument that is gone",
            vec![("/tools/walk/inputSchema/properties/speed", some(json!({ "type": "number" })))],
            vec![("/tools/walk/inputSchema/properties/speed", "removed", "breaking")],
        ),
        (
            "further inside",
            vec![("/tools/walk/inputSchema/properties/from/properties/y", None)],
            vec![("/tools/walk/inputSchema/properties/from/properties/y", "required", "breaking")],
        ),
        (
            "a lower end",
            vec![("/tools/walk/inputSchema/properties/steps/maximum", some(json!(12)))],
            vec![("/tools/walk/inputSchema/properties/steps/maximum", "narrowed", "breaking")],
        ),
        (
            "a higher end",
            vec![("/tools/walk/inputSchema/properties/steps/maximum", some(json!(5)))],
            vec![("/tools/walk/inputSchema/properties/steps/maximum", "widened", "refresh")],
        ),
        ("the same end, written otherwise", vec![("/tools/walk/inputSchema/properties/steps/maximum", some(json!(9.0)))], vec![]),
        (
            "a lower start",
            vec![("/tools/walk/inputSchema/properties/steps/minimum", some(json!(2)))],
            vec![("/tools/walk/inputSchema/properties/steps/minimum", "widened", "refresh")],
        ),
        (
            "a new rule",
            vec![("/tools/walk/inputSchema/properties/name/maxLength", None)],
            vec![("/tools/walk/inputSchema/properties/name/maxLength", "narrowed", "breaking")],
        ),
        (
            "a rule that is gone",
            vec![("/tools/walk/inputSchema/properties/name/pattern", some(json!("^a")))],
            vec![("/tools/walk/inputSchema/properties/name/pattern", "widened", "refresh")],
        ),
        (
            "less of a type",
            vec![("/tools/walk/inputSchema/properties/steps/type", some(json!("number")))],
            vec![("/tools/walk/inputSchema/properties/steps/type", "narrowed", "breaking")],
        ),
        (
            "more of a type",
            vec![("/tools/walk/inputSchema/properties/from/properties/x/type", some(json!("integer")))],
            vec![("/tools/walk/inputSchema/properties/from/properties/x/type", "widened", "refresh")],
        ),
        (
            "another type",
            vec![("/tools/walk/inputSchema/properties/steps/type", some(json!("string")))],
            vec![("/tools/walk/inputSchema/properties/steps/type", "changed", "breaking")],
        ),
        (
            "a variant more",
            vec![("/tools/walk/inputSchema/properties/pace/enum", some(json!(["Slow"])))],
            vec![("/tools/walk/inputSchema/properties/pace/enum", "widened", "refresh")],
        ),
        (
            "a variant less",
            vec![("/tools/walk/inputSchema/properties/pace/enum", some(json!(["Fast", "Slow", "Still"])))],
            vec![("/tools/walk/inputSchema/properties/pace/enum", "narrowed", "breaking")],
        ),
        (
            "what is said of it",
            vec![("/tools/walk/inputSchema/properties/steps/description", None)],
            vec![("/tools/walk/inputSchema/properties/steps/description", "reworded", "refresh")],
        ),
        (
            "another default",
            vec![("/tools/walk/inputSchema/properties/steps/default", some(json!(2)))],
            vec![("/tools/walk/inputSchema/properties/steps/default", "reworded", "refresh")],
        ),
        // Answers.
        ("data at all", vec![("/tools/walk/outputSchema", None)], vec![("/tools/walk/outputSchema", "added", "refresh")]),
        (
            "no data any more",
            vec![("/tools/hum/outputSchema", some(json!({ "type": "object" })))],
            vec![("/tools/hum/outputSchema", "removed", "breaking")],
        ),
        (
            "a field that is gone",
            vec![("/tools/walk/outputSchema/properties/x", some(json!({})))],
            vec![("/tools/walk/outputSchema/properties/x", "removed", "breaking")],
        ),
        (
            "a field more",
            vec![("/tools/walk/outputSchema/properties/unit", None)],
            vec![("/tools/walk/outputSchema/properties/unit", "required", "refresh")],
        ),
        (
            "a field that may be null",
            vec![("/tools/walk/outputSchema/properties/note/type", some(json!("string")))],
            vec![("/tools/walk/outputSchema/properties/note/type", "widened", "refresh")],
        ),
        (
            "a field of another type",
            vec![("/tools/walk/outputSchema/properties/unit/type", some(json!("boolean")))],
            vec![("/tools/walk/outputSchema/properties/unit/type", "changed", "breaking")],
        ),
        (
            "items of another type",
            vec![("/tools/forget/outputSchema/properties/result/items/type", some(json!("string")))],
            vec![("/tools/forget/outputSchema/properties/result/items/type", "changed", "breaking")],
        ),
        // Widgets.
        ("a new widget", vec![("/widgets/walk", None)], vec![("/widgets/walk", "added", "resubmit")]),
        ("a widget that is gone", vec![("/widgets/run", named("Run"))], vec![("/widgets/run", "removed", "breaking")]),
        (
            "from another package",
            vec![("/widgets/walk/address", some(json!("ui://walks/walk-")))],
            vec![("/widgets/walk/address", "changed", "breaking")],
        ),
        ("its document", vec![("/widgets/walk/document", some(json!("00")))], vec![("/widgets/walk/document", "changed", "refresh")]),
        (
            "another border",
            vec![("/widgets/walk/prefersBorder", some(json!(true)))],
            vec![("/widgets/walk/prefersBorder", "changed", "refresh")],
        ),
        (
            "an origin more",
            vec![("/widgets/walk/csp/resource", some(json!([])))],
            vec![("/widgets/walk/csp/resource", "widened", "resubmit")],
        ),
        (
            "an origin less",
            vec![("/widgets/walk/csp/connect", some(json!(["https://a.example"])))],
            vec![("/widgets/walk/csp/connect", "narrowed", "resubmit")],
        ),
        ("a permission", vec![("/widgets/walk/permissions", some(json!([])))], vec![("/widgets/walk/permissions", "widened", "resubmit")]),
        (
            "a hidden field that is gone",
            vec![("/widgets/walk/data/properties/hours", some(json!({ "type": "array" })))],
            vec![("/widgets/walk/data/properties/hours", "removed", "breaking")],
        ),
        (
            "a hidden field more",
            vec![("/widgets/walk/data/properties/points", None)],
            vec![("/widgets/walk/data/properties/points", "required", "refresh")],
        ),
        (
            "a hidden field of another type",
            vec![("/widgets/walk/data/properties/points/items/properties/x/type", some(json!("string")))],
            vec![("/widgets/walk/data/properties/points/items/properties/x/type", "changed", "breaking")],
        ),
        (
            "a hidden field that is said otherwise",
            vec![("/widgets/walk/data/properties/points/description", None)],
            vec![("/widgets/walk/data/properties/points/description", "reworded", "nothing")],
        ),
        // Resources.
        ("a new resource", vec![("/resources/walks:~1~1all", None)], vec![("/resources/walks:~1~1all", "added", "refresh")]),
        (
            "a resource that is gone",
            vec![("/resources/runs:~1~1all", named("Runs"))],
            vec![("/resources/runs:~1~1all", "removed", "breaking")],
        ),
        (
            "a resource that asks nobody to sign in any more",
            vec![("/resources/walks:~1~1all/securitySchemes", some(json!([{ "type": "oauth2" }])))],
            vec![("/resources/walks:~1~1all/securitySchemes", "removed", "refresh")],
        ),
        // Prompts.
        ("a new prompt", vec![("/prompts/plan", None)], vec![("/prompts/plan", "added", "refresh")]),
        ("a prompt that is gone", vec![("/prompts/run", named("Run"))], vec![("/prompts/run", "removed", "breaking")]),
        (
            "an argument of a prompt that is required now",
            vec![("/prompts/plan/inputSchema/required", some(json!([])))],
            vec![("/prompts/plan/inputSchema/properties/steps", "required", "breaking")],
        ),
        (
            "an argument of a prompt that is gone",
            vec![("/prompts/plan/inputSchema/properties/mood", some(json!({ "type": "string" })))],
            vec![("/prompts/plan/inputSchema/properties/mood", "removed", "breaking")],
        ),
        (
            "an argument of a prompt that takes less",
            vec![("/prompts/plan/inputSchema/properties/steps/maximum", some(json!(99)))],
            vec![("/prompts/plan/inputSchema/properties/steps/maximum", "narrowed", "breaking")],
        ),
        (
            "a prompt that is called otherwise",
            vec![("/prompts/plan/title", some(json!("Walk")))],
            vec![("/prompts/plan/title", "changed", "refresh")],
        ),
    ]
}
