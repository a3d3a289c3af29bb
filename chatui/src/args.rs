//! What the model sent, straight from the borrowed JSON into a tool's types.

use crate::{
    Error,
    item::Slot,
    validate::{Checks, Wrong},
    wire::Text,
};
use chatui_template::{nearest, shortened};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, MapAccess, Visitor, value::Error as Plain},
    forward_to_deserialize_any,
};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// The arguments of one call, by key, still unread.
pub(crate) struct Arguments<'a> {
    params: &'static [Slot],
    values: Vec<(Cow<'a, str>, &'a RawValue)>,
    /// What a tool never sees: keys that it does not know, keys that are given twice.
    wrong: Vec<Wrong>,
    /// What serde made nothing of, and what it says about it.
    refused: Vec<(&'static str, String)>,
    checks: Option<&'a Checks>,
}

/// Lines of the longest answer.
const MOST: usize = 30;

/// Characters of its longest quotation.
const LONG: usize = 200;

impl<'a> Arguments<'a> {
    /// Splits the object that the model sent; `None` is an empty one. Keys that the tool does not know are noted as wrong.
    ///
    /// # Errors
    ///
    /// Anything but an object.
    pub(crate) fn split(json: Option<&'a RawValue>, params: &'static [Slot]) -> Result<Self, Error> {
        let mut arguments = Arguments { params, values: Vec::new(), wrong: Vec::new(), refused: Vec::new(), checks: None };
        let Some(json) = json else { return Ok(arguments) };
        let Some(values) = members(json.get()) else {
            return Err(Error::tell("wrong arguments: send one JSON object with a member for each argument"));
        };
        for (at, (key, _)) in values.iter().enumerate() {
            // Whoever sends that much wrong reads no more of it.
            if arguments.wrong.len() == MOST {
                break;
            }
            if !params.iter().any(|slot| slot.key == key) {
                arguments.wrong.push(Wrong::new(shortened(key), unknown(key, params)));
            } else if values[..at].iter().any(|(before, _)| before == key) {
                arguments.wrong.push(Wrong::new(key.as_ref(), "is given twice; send it once"));
            }
        }
        arguments.values = values;
        Ok(arguments)
    }

    /// The same, to be told in full where they do not fit.
    pub(crate) fn against(self, checks: &'a Checks) -> Self {
        Arguments { checks: Some(checks), ..self }
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.values.iter().find(|(name, _)| name == key).map(|(_, json)| json.get())
    }

    pub(crate) fn refuse(&mut self, key: &'static str, why: String) {
        self.refused.push((key, why));
    }

    /// One error that lists everything wrong. Serde has read the arguments before; the schema is asked where serde refused
    /// one, and where it says more than serde knows.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let always = self.checks.is_some_and(|checks| checks.always);
        if !always && self.wrong.is_empty() && self.refused.is_empty() {
            return Ok(());
        }
        let mut lines: Vec<String> = self.wrong.iter().map(Wrong::to_string).collect();
        for slot in self.params {
            let refused = self.refused.iter().find(|(key, _)| *key == slot.key);
            let told = match (self.get(slot.key), self.checks) {
                (Some(json), Some(checks)) if refused.is_some() || (always && json != "null") => {
                    checks.argument(slot.key, json, refused.is_none())
                }
                _ => Vec::new(),
            };
            match refused {
                // A type can have reasons of its own.
                Some((key, why)) if told.is_empty() => lines.push(Wrong::new(*key, why).to_string()),
                _ => lines.extend(told.iter().map(Wrong::to_string)),
            }
        }
        if lines.is_empty() {
            return Ok(());
        }
        if lines.len() > MOST {
            lines.truncate(MOST);
            lines.push("and more".to_owned());
        }
        Err(Error::tell(format!("wrong arguments:\n- {}", lines.join("\n- "))))
    }
}

fn unknown(key: &str, params: &[Slot]) -> String {
    let known = params.iter().map(|slot| slot.key);
    match (nearest(key, known.clone()), params) {
        (Some(near), _) => format!("is not known; did you mean `{near}`?"),
        (None, []) => "is not known; there are no arguments".to_owned(),
        (None, _) => format!("is not known; the arguments are {}", known.map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")),
    }
}

/// Reads one argument. `null` counts as absent where absent is allowed.
pub(crate) fn read<T: DeserializeOwned>(json: Option<&str>) -> Result<T, String> {
    let Some(json) = json else { return absent().ok_or_else(|| "is missing".to_owned()) };
    serde_json::from_str(json).or_else(|error| match absent() {
        Some(value) if json == "null" => Ok(value),
        _ => Err(without_place(&error)),
    })
}

/// The place in an argument's text means nothing to a model.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    format!("does not fit: {}", begin(text.strip_suffix(&place).unwrap_or(&text)))
}

/// What was sent can be megabytes long, and serde repeats it.
fn begin(text: &str) -> String {
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The value of an argument that was not sent, if the type has one. The type is asked in serde's own way for a missing
/// field, which sees through aliases, newtypes and `#[serde(transparent)]`.
pub(crate) fn absent<T: DeserializeOwned>() -> Option<T> {
    T::deserialize(Missing).ok()
}

struct Missing;

impl<'de> Deserializer<'de> for Missing {
    type Error = Plain;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Plain> {
        Err(Plain::custom("missing"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Plain> {
        visitor.visit_none()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Plain> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

/// The members of an object in their order, values unread; `None`: it is no object.
pub(crate) fn members(json: &str) -> Option<Vec<(Cow<'_, str>, &RawValue)>> {
    serde_json::from_str(json).ok().map(|Members(members)| members)
}

struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::with_capacity(4);
                while let Some(Text(key)) = map.next_key()? {
                    members.push((key, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

#[cfg(test)]
mod tests {
    use super::{absent, read};

    #[derive(serde::Deserialize, Debug, PartialEq)]
    #[serde(transparent)]
    struct Alias(Option<u8>);

    #[test]
    fn absent_is_what_serde_says() {
        assert_eq!(absent::<Option<u8>>(), Some(None));
        assert_eq!(absent::<Alias>(), Some(Alias(None)));
        assert_eq!(absent::<u8>(), None);
        assert_eq!(absent::<Vec<u8>>(), None);
    }

    #[test]
    fn null_is_absent_only_where_absent_is_allowed() {
        assert_eq!(read::<Option<u8>>(Some("null")), Ok(None));
        assert_eq!(read::<serde_json::Value>(Some("null")), Ok(serde_json::Value::Null));
        assert!(read::<u8>(Some("null")).unwrap_err().starts_with("does not fit"));
        assert_eq!(read::<u8>(None).unwrap_err(), "is missing");
    }
}
