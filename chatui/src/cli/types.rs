//! What `types` writes: for each widget a file of TypeScript with its data, its input and the tools that it may call.

use super::{
    names::{Names, unwrapped},
    shape::{Member, Object, Shape, alias, declaration},
    typescript::{about, key},
};
use crate::{
    Error,
    entry::Entry,
    schema::named,
    table::Table,
    tool::Audience,
    widget::{Page, Widget},
};
use std::{fs, path::Path};

/// The types of the bridge.
const BRIDGE: &str = include_str!("../../web/chatui.d.ts");

/// Writes the files that are not yet as they should be, and says which: what watches the others stays calm.
pub(super) fn write(table: &Table, folder: &Path) -> Result<Vec<String>, Error> {
    let files = files(table)?;
    let fails = |what: &str, path: &Path, error: &std::io::Error| {
        Error::tell(format!("can't {what} {}: {error}; give `--out` a folder that can be written", path.display()))
    };
    fs::create_dir_all(folder).map_err(|error| fails("make the folder", folder, &error))?;
    let mut written = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|old| old == text.as_bytes()) {
            continue;
        }
        fs::write(&path, text).map_err(|error| fails("write", &path, &error))?;
        written.push(path.display().to_string());
    }
    Ok(written)
}

fn files(table: &Table) -> Result<Vec<(String, String)>, Error> {
    const NAME: &str = "chatui";
    // The same file on a disk that knows no capitals.
    if let Some(page) = table.pages().iter().find(|page| page.name().eq_ignore_ascii_case(NAME)) {
        let name = page.name();
        return Err(Error::tell(format!(
            "the types of the widget `{name}` would replace the bridge's own; give it another `name = \"…\"`"
        )));
    }
    let bridge = (format!("{NAME}.d.ts"), BRIDGE.to_owned());
    let widgets = table.pages().iter().map(|page| (format!("{}.d.ts", page.name()), file(table, page)));
    Ok(std::iter::once(bridge).chain(widgets).collect())
}

/// The suffix is the only one that every way to resolve a module takes.
const HEAD: &str = "// Written by `types`; what is changed here will be lost.\n\nimport type { Chatui } from './chatui.js';\n";

fn file(table: &Table, page: &Page) -> String {
    let mut types = Types::default();
    let data = types.data_name(page.widget());
    let draws = |entry: &&Entry| entry.page(table.pages()).is_some_and(|own| std::ptr::eq(own, page));
    let called = |entry: &&Entry| entry.tool.audience != Audience::Model;
    types.add_data(table, page.widget());
    let inputs = table.tools().iter().filter(draws).map(|entry| (String::new(), types.input(entry))).collect();
    let input = alias("The arguments of the call that it draws.", "Input", &Shape::either(inputs));
    let called: Vec<Member> = table.tools().iter().filter(called).map(|entry| types.called(table, entry)).collect();
    let called = alias("The tools that it may call.", "Called", &Shape::Object(Object { members: called, rest: None }));
    let widget = format!("/** What the template finds in `window.chatui`. */\nexport type Widget = Chatui<{data}, Input, Called>;\n");
    let mut all = vec![HEAD.to_owned(), widget];
    types.declarations.append(&mut types.names.declarations);
    let rest = types.declarations.split_off(1);
    all.extend(types.declarations);
    all.extend([input, called]);
    all.extend(rest);
    all.join("\n")
}

/// What one file needs.
#[derive(Default)]
struct Types {
    names: Names,
    widgets: Vec<(&'static str, String)>,
    inputs: Vec<(&'static str, Shape)>,
    /// Each before those that it uses.
    declarations: Vec<String>,
}

impl Types {
    fn data_name(&mut self, widget: &'static Widget) -> String {
        if let Some((_, name)) = self.widgets.iter().find(|(name, _)| *name == widget.name) {
            return name.clone();
        }
        let name = self.names.claim(widget.name, "Data");
        self.widgets.push((widget.name, name.clone()));
        name
    }

    /// The struct, with the fields that only the template reads.
    fn add_data(&mut self, table: &Table, widget: &'static Widget) {
        let name = self.data_name(widget);
        let drawn = |entry: &&Entry| entry.tool.answer.widget.is_some_and(|own| std::ptr::eq(own, widget));
        let Some(facts) = table.tools().iter().find(drawn).map(|entry| entry.tool.answer) else { return };
        let model = facts.output.map(named::output).map(unwrapped).unwrap_or_default();
        let about = match about(&model) {
            about if about.is_empty() => widget.about.to_owned(),
            about => about,
        };
        let mut shape = self.names.read(model, "");
        if let Some(hidden) = facts.hidden {
            shape = with(shape, named::hidden(hidden).map(|hidden| self.names.read(unwrapped(hidden), "")));
        }
        self.declare(declaration(&about, &name, &shape));
    }

    /// Puts it before what was read for it.
    fn declare(&mut self, declaration: String) {
        self.declarations.push(declaration);
        self.declarations.append(&mut self.names.declarations);
    }

    fn input(&mut self, entry: &Entry) -> Shape {
        let tool = entry.tool;
        if let Some((_, shape)) = self.inputs.iter().find(|(name, _)| *name == tool.name) {
            return shape.clone();
        }
        let schema = match tool.schema {
            // What its author adds fits the published schema.
            Some(_) => entry.input.schema().clone(),
            None => named::input(tool.params),
        };
        let mut shape = self.names.read(schema, "Input");
        if let Shape::Object(object) = &mut shape {
            // An argument that may be left out may be null too.
            for member in object.members.iter_mut().filter(|member| member.optional) {
                let sent = (String::new(), std::mem::replace(&mut member.shape, Shape::word("null")));
                member.shape = Shape::either(vec![sent, (String::new(), Shape::word("null"))]);
            }
            let name = self.names.claim(&format!("{}_input", tool.name), "");
            let about = format!("What `{}` takes.", tool.name);
            self.declare(declaration(&about, &name, &shape));
            shape = Shape::Word(name);
        }
        self.inputs.push((tool.name, shape.clone()));
        shape
    }

    fn called(&mut self, table: &Table, entry: &Entry) -> Member {
        let tool = entry.tool;
        let output = match (tool.answer.widget, tool.answer.output) {
            (Some(widget), _) => {
                if !self.widgets.iter().any(|(name, _)| *name == widget.name) {
                    self.add_data(table, widget);
                }
                Shape::Word(self.data_name(widget))
            }
            (None, Some(schema)) => {
                let shape = self.names.read(named::output(schema), "");
                if entry.wraps { object(vec![member("result", shape)]) } else { shape }
            }
            (None, None) => Shape::word("string"),
        };
        let shape = object(vec![member("input", self.input(entry)), member("output", output)]);
        Member { docs: tool.about.to_owned(), ..member(tool.name, shape) }
    }
}

/// An object with the members of another, which may not be known.
fn with(shape: Shape, hidden: Option<Shape>) -> Shape {
    let any = || ("hidden", Box::new(Shape::word("any")));
    match (shape, hidden) {
        (Shape::Object(shown), None) => Shape::Object(Object { rest: Some(any()), ..shown }),
        (Shape::Object(mut shown), Some(Shape::Object(hidden))) => {
            // A tag is in both.
            let new = |member: &Member| !shown.members.iter().any(|known| known.name == member.name);
            let new: Vec<Member> = hidden.members.into_iter().filter(new).collect();
            shown.members.extend(new);
            Shape::Object(Object { rest: shown.rest.or(hidden.rest), ..shown })
        }
        // No field that the model sees.
        (Shape::Map(_), Some(hidden)) => hidden,
        (Shape::Map(_), None) => Shape::Object(Object { members: Vec::new(), rest: Some(any()) }),
        (shape, None) => Shape::both(vec![shape, Shape::Object(Object { members: Vec::new(), rest: Some(any()) })]),
        (shape, Some(hidden)) => Shape::both(vec![shape, hidden]),
    }
}

fn member(name: &str, shape: Shape) -> Member {
    Member { docs: String::new(), name: key(name), optional: false, shape }
}

fn object(members: Vec<Member>) -> Shape {
    Shape::Object(Object { members, rest: None })
}

#[cfg(test)]
mod tests {
    use super::{Names, Shape, declaration, unwrapped, with};
    use serde_json::{Value, json};

    /// The declaration of a widget with what its model sees and what is hidden from it, and what is declared for both.
    fn written(shown: Value, hidden: Option<Value>) -> (String, Vec<String>) {
        let mut names = Names::default();
        let shape = names.read(unwrapped(shown), "");
        let hidden: Option<Shape> = hidden.map(|hidden| names.read(unwrapped(hidden), ""));
        (declaration("", "It", &with(shape, hidden)), names.declarations)
    }

    fn view(members: Value) -> Value {
        let point = json!({ "type": "object", "properties": { "x": { "type": "number" } }, "required": ["x"] });
        let required: Vec<String> = members.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
        let view = json!({ "type": "object", "properties": members, "required": required });
        json!({ "$ref": "#/$defs/View", "$defs": { "View": view, "Point": point } })
    }

    #[test]
    fn hidden_fields_stand_among_the_others() {
        let shown = || view(json!({ "kind": { "const": "it" }, "at": { "$ref": "#/$defs/Point" } }));
        let hidden = view(json!({ "kind": { "const": "it" }, "all": { "type": "array", "items": { "$ref": "#/$defs/Point" } } }));
        let (text, point) = written(shown(), Some(hidden));
        assert_eq!(text, "export interface It {\n  kind: 'it';\n  at: Point;\n  all: Point[];\n}\n");
        assert_eq!(point, ["export interface Point {\n  x: number;\n}\n"]);
        let (text, _) = written(shown(), None);
        assert_eq!(text, "export interface It {\n  kind: 'it';\n  at: Point;\n  [hidden: string]: any;\n}\n");
    }

    #[test]
    fn hidden_fields_beside_nothing_and_beside_alternatives() {
        let (text, _) = written(view(json!({})), Some(view(json!({ "at": { "$ref": "#/$defs/Point" } }))));
        assert_eq!(text, "export interface It {\n  at: Point;\n}\n");
        let either = json!({ "type": "object", "oneOf": [{ "$ref": "#/$defs/Point" }], "$defs": view(json!({}))["$defs"] });
        let (text, _) = written(either, None);
        assert_eq!(text, "export type It = Point & { [hidden: string]: any };\n");
    }
}
