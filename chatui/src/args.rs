//! What the model sent, straight from the borrowed JSON into a tool's types.

use crate::{Error, tool::Slot};
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
    values: Vec<(Cow<'a, str>, &'a RawValue)>,
    pub(crate) wrong: Vec<Wrong>,
}

/// One argument that does not fit.
pub(crate) struct Wrong {
    key: String,
    why: String,
}

impl Wrong {
    pub(crate) fn new(key: impl Into<String>, why: impl Into<String>) -> Self {
        Wrong { key: key.into(), why: why.into() }
    }
}

impl<'a> Arguments<'a> {
    /// Splits the object that the model sent; `None` is an empty one. Keys that the tool does not know are noted as wrong.
    ///
    /// # Errors
    ///
    /// Anything but an object.
    pub(crate) fn split(json: Option<&'a RawValue>, params: &[Slot]) -> Result<Self, Error> {
        let Some(json) = json else { return Ok(Arguments { values: Vec::new(), wrong: Vec::new() }) };
        let Ok(Members(values)) = serde_json::from_str(json.get()) else {
            return Err(Error::tell("wrong arguments: send one JSON object with a member for each argument"));
        };
        let mut wrong = Vec::new();
        let mut seen = vec![false; params.len()];
        for (key, _) in &values {
            // Whoever sends that much wrong reads no more of it.
            if wrong.len() == MOST {
                break;
            }
            match params.iter().position(|slot| slot.key == key) {
                None => wrong.push(Wrong::new(shortened(key), unknown(key, params))),
                Some(at) if seen[at] => wrong.push(Wrong::new(key.as_ref(), "is given twice; send it once")),
                Some(at) => seen[at] = true,
            }
        }
        Ok(Arguments { values, wrong })
    }

    pub(crate) fn get(&self, key: &str) -> Option<&'a str> {
        self.values.iter().find(|(name, _)| name == key).map(|(_, json)| json.get())
    }

    /// One error that lists everything wrong.
    pub(crate) fn check(&self) -> Result<(), Error> {
        Arguments::list(&self.wrong)
    }

    pub(crate) fn list(wrong: &[Wrong]) -> Result<(), Error> {
        if wrong.is_empty() {
            return Ok(());
        }
        let lines = wrong.iter().map(|Wrong { key, why }| format!("\n- `{key}` {why}"));
        Err(Error::tell(format!("wrong arguments:{}", lines.collect::<String>())))
    }
}

/// How many wrong arguments are told.
const MOST: usize = 20;

fn unknown(key: &str, params: &[Slot]) -> String {
    let known = params.iter().map(|slot| slot.key);
    match (nearest(key, known.clone()), params) {
        (Some(near), _) => format!("is not known; did you mean `{near}`?"),
        (None, []) => "is not known; this tool takes no arguments".to_owned(),
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
    format!("does not fit: {}", text.strip_suffix(&place).unwrap_or(&text))
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

/// The members of an object in their order, values unread.
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
                while let Some(Key(key)) = map.next_key()? {
                    members.push((key, map.next_value()?));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}

/// A key, borrowed unless it is escaped.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);

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
