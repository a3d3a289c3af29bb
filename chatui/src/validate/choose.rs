//! Alternatives: which one was meant, and what is wrong with that one.

use super::{Place, Walk, Wrong, words};
use serde_json::{Map, Value};

impl<'a> Walk<'a> {
    pub(super) fn choose(&mut self, schema: &'a Value, all: &'a [Value], value: &Value, place: &Place<'_>) {
        let checks = self.checks;
        let meant: Vec<&'a Value> = all.iter().map(|one| checks.target(one)).filter(|one| self.allows_type(one, value)).collect();
        let meant = match value {
            Value::Object(members) => match meant_by_name(&meant, members) {
                Meant::These(meant) => meant,
                // What serde took under a name that is not published is an alias.
                Meant::Unknown(..) if self.taken => return,
                Meant::Unknown(key, why) => return self.say(&Place::Member(place, key), why),
                Meant::None => Vec::new(),
            },
            _ => meant,
        };
        let mut best: Option<Vec<Wrong>> = None;
        for one in meant {
            let wrong = self.attempt(one, value, place);
            if wrong.is_empty() {
                return;
            }
            if best.as_ref().is_none_or(|best| wrong.len() < best.len()) {
                best = Some(wrong);
            }
        }
        match best {
            // An alternative of the same type, whose parts can be talked about.
            Some(wrong) if value.is_object() || value.is_array() => self.wrong.extend(wrong),
            _ => self.say(place, words::misfit(checks, schema, "anyOf", value)),
        }
    }

    fn allows_type(&self, schema: &Value, value: &Value) -> bool {
        schema.get("type").is_none_or(|names| self.has_type(names, value))
    }
}

enum Meant<'a, 'b> {
    These(Vec<&'a Value>),
    /// A member's name, and what is wrong with it.
    Unknown(&'b str, String),
    None,
}

/// An enum's variants are told apart by a tag, or by the only member that each has.
fn meant_by_name<'a: 'b, 'b>(all: &[&'a Value], members: &'b Map<String, Value>) -> Meant<'a, 'b> {
    let everything = || Meant::These(all.to_vec());
    if all.len() < 2 {
        return everything();
    }
    if let Some(tag) = tag(all) {
        let tags: Vec<&Value> = all.iter().filter_map(|one| tag_value(one, tag)).collect();
        let expected = words::one_of(&tags);
        let Some(value) = members.get(tag) else { return Meant::Unknown(tag, format!("is missing; expected {expected}")) };
        let these: Vec<&'a Value> = all.iter().copied().filter(|one| tag_value(one, tag) == Some(value)).collect();
        if these.is_empty() {
            return Meant::Unknown(tag, format!("is {}; expected {expected}{}", words::short(value), words::near(value, &tags)));
        }
        return Meant::These(these);
    }
    let Some(names) = only_members(all) else { return everything() };
    let these: Vec<&'a Value> = all.iter().zip(&names).filter(|(_, name)| members.contains_key(**name)).map(|(one, _)| *one).collect();
    match (these.len(), members.keys().next()) {
        (1, _) => Meant::These(these),
        (0, Some(key)) if members.len() == 1 => Meant::Unknown(key, words::unknown(key, &names)),
        _ => Meant::None,
    }
}

/// The member that has one fixed value in each alternative.
pub(super) fn tag<'a>(all: &[&'a Value]) -> Option<&'a str> {
    let first = all.first()?.get("properties")?.as_object()?;
    let is_tag = |name: &&String| all.iter().all(|one| tag_value(one, name).is_some());
    first.keys().find(is_tag).map(String::as_str)
}

pub(super) fn tag_value<'a>(schema: &'a Value, name: &str) -> Option<&'a Value> {
    let required = schema.get("required")?.as_array()?.iter().any(|required| required == name);
    match schema.get("properties")?.get(name)?.get("enum")?.as_array()?.as_slice() {
        [only] if required => Some(only),
        _ => None,
    }
}

/// The only member that each alternative has.
pub(super) fn only_members<'a>(all: &[&'a Value]) -> Option<Vec<&'a str>> {
    let mut names = Vec::new();
    for one in all {
        names.push(only_member(one)?);
    }
    Some(names)
}

fn only_member(schema: &Value) -> Option<&str> {
    let properties = schema.get("properties")?.as_object()?;
    let required = schema.get("required")?.as_array()?;
    match (properties.len(), required.as_slice()) {
        (1, [Value::String(name)]) => Some(name),
        _ => None,
    }
}
