//! The names in one file of types: each type is declared once, and no two types have one name.

use super::{
    shape::{Shape, declaration},
    typescript::{PLACE, Reader, about, references},
};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a file gives to names of its own, and what TypeScript lets nobody name a type.
const TAKEN: [&str; 5] = ["Chatui", "Widget", "Input", "Called", "Record"];

#[derive(Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
    /// By what is declared of a type and of those that it holds: what several tools use is one.
    known: BTreeMap<String, String>,
    /// Those that were read.
    pub(super) declarations: Vec<String>,
}

impl Names {
    /// A name that nobody has. `otherwise` is put behind it where somebody has.
    pub(super) fn claim(&mut self, words: &str, otherwise: &str) -> String {
        let name = pascal(words);
        let numbered = (2..).map(|number| format!("{name}{otherwise}{number}"));
        let free = |name: &String| !TAKEN.contains(&name.as_str()) && !self.taken.contains(name);
        let name = [name.clone(), format!("{name}{otherwise}")].into_iter().chain(numbered).find(free).unwrap_or_default();
        self.taken.insert(name.clone());
        name
    }

    /// The type that a whole schema describes; declares those that it refers to.
    pub(super) fn read(&mut self, mut root: Value, otherwise: &str) -> Shape {
        let definitions = root.as_object_mut().and_then(|root| root.shift_remove("$defs"));
        let definitions = &match definitions {
            Some(Value::Object(definitions)) => definitions,
            _ => Map::new(),
        };
        let used = reachable(&root, definitions);
        let holds: BTreeMap<&str, Vec<&str>> = used.iter().map(|name| (*name, reachable(&definitions[*name], definitions))).collect();
        let is_recursive = |name: &str| holds.get(name).is_some_and(|held| held.contains(&name));
        let declare = |reader: &Reader, name: &str, declared: &str| {
            let schema = &definitions[name];
            declaration(&about(schema), declared, &reader.shape(schema))
        };
        let plain = Reader { name: &str::to_owned, is_recursive: &is_recursive };
        let plain: BTreeMap<&str, String> = used.iter().map(|name| (*name, declare(&plain, name, name))).collect();
        let mut names = BTreeMap::new();
        let mut new = Vec::new();
        for name in used {
            let what = [name].iter().chain(&holds[name]).map(|held| plain[held].as_str()).collect::<String>();
            let declared = match self.known.get(&what) {
                Some(declared) => declared.clone(),
                None => {
                    let declared = self.claim(name, otherwise);
                    self.known.insert(what, declared.clone());
                    new.push(name);
                    declared
                }
            };
            names.insert(name, declared);
        }
        let name = |name: &str| names.get(name).cloned().unwrap_or_else(|| "unknown".into());
        let reader = Reader { name: &name, is_recursive: &is_recursive };
        self.declarations.extend(new.into_iter().map(|name| declare(&reader, name, &names[name])));
        reader.shape(&root)
    }
}

/// The root itself where it says what it is, else the definition that it refers to and that nobody else does.
pub(super) fn unwrapped(mut root: Value) -> Value {
    let name = root.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix(PLACE)).map(str::to_owned);
    let definition = name.and_then(|name| root.get("$defs")?.get(&name).cloned());
    let Some(mut definition) = definition else { return root };
    if let (Some(definitions), Value::Object(definition)) = (root.get_mut("$defs"), &mut definition) {
        definition.insert("$defs".into(), definitions.take());
    }
    definition
}

/// The definitions that a schema needs, directly or through others, in the order in which it names them.
fn reachable<'a>(schema: &'a Value, definitions: &'a Map<String, Value>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    let mut open = references(schema);
    open.reverse();
    while let Some(name) = open.pop() {
        if !found.contains(&name) && definitions.contains_key(name) {
            found.push(name);
            open.extend(references(&definitions[name]).into_iter().rev());
        }
    }
    found
}

/// `show_weather`, `show-weather` → `ShowWeather`.
fn pascal(words: &str) -> String {
    let mut name = String::new();
    for word in words.split(|letter: char| !letter.is_alphanumeric()) {
        let mut letters = word.chars();
        name.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        name.extend(letters);
    }
    if name.starts_with(|first: char| !first.is_alphabetic()) || name.is_empty() {
        name.insert(0, 'T');
    }
    name
}
