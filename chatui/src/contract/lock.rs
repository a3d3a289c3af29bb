//! The file: the app as hosts see it, written so that a person can read what changed. Nothing in it depends on where the app
//! is served, on how it was compiled, or on the order of its code.

use super::members;
use crate::{
    access::Access,
    revision::Era,
    schema,
    table::Table,
    widget::{self, Widget},
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// What this version writes and reads.
const FORMAT: u64 = 1;

pub(super) fn of(table: &Table) -> Value {
    let mut lock = json!({
        "format": FORMAT,
        "app": table.package.name,
        "tools": tools(table),
        "widgets": table.pages().iter().map(|page| (page.name().to_owned(), widget(table, page.widget()))).collect::<Map<_, _>>(),
        "resources": resources(table),
        "prompts": prompts(table),
    });
    if let Some(instructions) = &table.instructions {
        lock["instructions"] = instructions.as_str().into();
    }
    lock.sort_all_objects();
    lock
}

/// Without prompts the file says nothing of them, as it did before there were any.
pub(super) fn text(lock: &Value) -> String {
    let mut lock = lock.clone();
    if let Some(members) = lock.as_object_mut().filter(|members| members["prompts"] == json!({})) {
        members.remove("prompts");
    }
    format!("{lock:#}\n")
}

/// # Errors
///
/// What is wrong with the file, as the end of a sentence about it.
pub(super) fn read(text: &str) -> Result<Value, String> {
    let mut lock: Value = serde_json::from_str(text).map_err(|error| format!("is damaged: {error}"))?;
    if lock.is_object() && lock["prompts"].is_null() {
        lock["prompts"] = json!({});
    }
    match lock["format"].as_u64() {
        Some(FORMAT) if ["tools", "widgets", "resources", "prompts"].iter().all(|key| lock[key].is_object()) => Ok(lock),
        Some(format) if format != FORMAT => Err(format!("is of format {format}, and this version of chatui reads {FORMAT}")),
        _ => Err("is damaged: it is JSON, but not what `contract` writes".to_owned()),
    }
}

/// Whether a file is one that `contract` has written, this version's or another's.
pub(super) fn is_ours(text: &[u8]) -> bool {
    serde_json::from_slice(text).is_ok_and(|lock: Value| lock["format"].is_u64() && lock["tools"].is_object())
}

/// The tools as they are listed, each under its name, and what several hosts want said twice once.
fn tools(table: &Table) -> Map<String, Value> {
    let pages = table.listings.tools.all(Era::Legacy).map(|page| serde_json::from_str(page.get()).unwrap_or_default());
    let listed = pages.flat_map(|mut page: Value| page["tools"].as_array_mut().map(std::mem::take).unwrap_or_default());
    listed.map(|tool| (tool["name"].as_str().unwrap_or_default().to_owned(), tool_of(table, tool))).collect()
}

/// Entries of `_meta` that repeat another one.
const TWINS: [&str; 6] =
    ["ui", "ui/resourceUri", "openai/outputTemplate", "openai/widgetAccessible", "openai/visibility", "securitySchemes"];

fn tool_of(table: &Table, mut tool: Value) -> Value {
    let ui = tool["_meta"]["ui"].take();
    if let Some(page) = ui["resourceUri"].as_str().and_then(|uri| table.page(uri)) {
        tool["widget"] = page.name().into();
    }
    tool["visibility"] = ui["visibility"].clone();
    if let Some(meta) = tool["_meta"].as_object_mut() {
        meta.retain(|key, _| !TWINS.contains(&key.as_str()));
    }
    if let Some(annotations) = tool["annotations"].as_object_mut() {
        annotations.remove("title");
    }
    if let Some(tool) = tool.as_object_mut() {
        tool.remove("name");
        tool.retain(|key, value| key != "_meta" || members(value).next().is_some());
    }
    tool
}

fn widget(table: &Table, widget: &'static Widget) -> Value {
    let Widget { title, about, csp, permissions, prefers_border, .. } = widget;
    json!({
        "address": widget::prefix(widget),
        "title": title,
        "description": about,
        "document": hash(widget),
        "prefersBorder": prefers_border,
        "permissions": permissions,
        "csp": { "connect": csp.connect, "resource": csp.resource, "frame": csp.frame, "redirect": csp.redirect },
        "data": data(table, widget),
    })
}

/// The same wherever the document is served: without the address of the files beside it, whose version is in it, and with the
/// ends of lines that git may change.
fn hash(widget: &Widget) -> String {
    let document = widget::document(widget, widget.template.before, widget.template.after).replace("\r\n", "\n");
    Sha256::digest(document).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the template finds in `chatui.data`: the fields that the model sees, and those that it does not.
fn data(table: &Table, widget: &'static Widget) -> Value {
    let drawn = table.tools().iter().find(|entry| entry.tool.answer.widget.is_some_and(|own| std::ptr::eq(own, widget)));
    let Some(entry) = drawn else { return Value::Null };
    let mut data = entry.output.clone().unwrap_or_default();
    // The widget says it already.
    if let Some(data) = data.as_object_mut() {
        data.remove("description");
    }
    let hidden = entry.tool.answer.hidden.and_then(schema::hidden).unwrap_or_default();
    for (key, more) in members(&hidden) {
        match (data.get_mut(key), more) {
            (Some(Value::Object(known)), Value::Object(more)) => known.extend(more.clone()),
            (Some(Value::Array(known)), Value::Array(more)) => known.extend(more.iter().cloned()),
            (None, more) if key != "description" => data[key] = more.clone(),
            _ => {}
        }
    }
    data
}

fn resources(table: &Table) -> Map<String, Value> {
    let of = |entry: &crate::resource::Entry| {
        let mut said: Value = serde_json::from_str(entry.listed.get()).unwrap_or_default();
        if let Some(said) = said.as_object_mut() {
            said.retain(|key, _| !key.starts_with("uri"));
        }
        (entry.resource.uri.to_owned(), guarded(table, said, entry.resource.access))
    };
    table.resources().iter().map(of).collect()
}

/// The prompts as they are listed, each under its name, and what its arguments have to be: more than hosts are told.
fn prompts(table: &Table) -> Map<String, Value> {
    let of = |entry: &crate::prompt::Entry| {
        let mut said: Value = serde_json::from_str(entry.listed.get()).unwrap_or_default();
        if let Some(said) = said.as_object_mut() {
            said.retain(|key, _| !matches!(key.as_str(), "name" | "arguments"));
        }
        said["inputSchema"] = entry.checks.schema().clone();
        (entry.prompt.name.to_owned(), guarded(table, said, entry.prompt.access))
    };
    table.prompts().iter().map(of).collect()
}

/// Lists have no place for who may have what is in them, and it is part of the promise all the same.
fn guarded(table: &Table, mut said: Value, access: Access) -> Value {
    if let Some(guard) = &table.guard {
        said["securitySchemes"] = json!(guard.schemes(access));
    }
    said
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn what_is_no_lock_file_is_told_from_one() {
        let whole = r#"{ "format": 1, "tools": {}, "widgets": {}, "resources": {} }"#;
        assert!(read(whole).is_ok());
        let rows = [
            ("", "is damaged: EOF"),
            ("<<<<<<< HEAD", "is damaged: expected value at line 1"),
            (r#"{ "format": 2 }"#, "is of format 2, and this version of chatui reads 1"),
            (r#"{ "format": 1, "tools": [] }"#, "not what `contract` writes"),
            ("[]", "not what `contract` writes"),
        ];
        for (text, why) in rows {
            let said = read(text).unwrap_err();
            assert!(said.contains(why), "{text}: {said}");
        }
    }
}
