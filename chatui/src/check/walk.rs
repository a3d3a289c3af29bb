//! Goes through the schemas in a schema.

use serde_json::Value;

/// A schema, and the one that it stands in.
pub(super) struct Node<'a> {
    pub(super) root: &'a Value,
    pub(super) value: &'a Value,
}

/// Deeper than anybody writes; what is foreign may be.
const DEEPEST: usize = 64;

/// Shows `look` every schema in a schema, each with its path from `name`.
pub(super) fn nodes<'a>(name: &str, root: &'a Value, look: &mut dyn FnMut(&Node<'a>, &str)) {
    if !root.is_null() {
        walk(root, root, name, 0, look);
    }
}

fn walk<'a>(root: &'a Value, value: &'a Value, path: &str, depth: usize, look: &mut dyn FnMut(&Node<'a>, &str)) {
    look(&Node { root, value }, path);
    if depth == DEEPEST {
        return;
    }
    for (keyword, value) in value.as_object().into_iter().flatten() {
        let path = format!("{path}.{keyword}");
        match (keyword.as_str(), value) {
            ("properties" | "$defs" | "definitions" | "patternProperties" | "dependentSchemas", Value::Object(all)) => {
                all.iter().for_each(|(name, schema)| walk(root, schema, &format!("{path}.{name}"), depth + 1, look));
            }
            ("anyOf" | "oneOf" | "allOf" | "prefixItems" | "items", Value::Array(all)) => {
                all.iter().enumerate().for_each(|(at, schema)| walk(root, schema, &format!("{path}[{at}]"), depth + 1, look));
            }
            (
                "items"
                | "additionalProperties"
                | "propertyNames"
                | "not"
                | "if"
                | "then"
                | "else"
                | "contains"
                | "unevaluatedItems"
                | "unevaluatedProperties",
                schema,
            ) => walk(root, schema, &path, depth + 1, look),
            _ => {}
        }
    }
}

/// Where the reference of a schema leads, if it leads somewhere inside.
pub(super) fn target<'a>(node: &Node<'a>) -> Option<&'a Value> {
    let pointer = node.value["$ref"].as_str()?.strip_prefix('#')?;
    node.root.pointer(pointer)
}
