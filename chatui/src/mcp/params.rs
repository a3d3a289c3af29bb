//! `params`: the members that any method here reads, values unread.

use crate::{
    args,
    wire::{Failure, INVALID_PARAMS, Text, string},
};
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// Read together with the message that they stand in, as most of what is sent is theirs. What is wrong with them is told later, for
/// the method decides how.
#[derive(Default)]
pub(crate) struct Params<'a> {
    /// The message that they are of.
    pub(crate) message: &'a str,
    /// They are no object, or have a member twice.
    is_wrong: bool,
    pub(super) meta: Option<&'a RawValue>,
    pub(super) name: Option<&'a RawValue>,
    pub(super) uri: Option<&'a RawValue>,
    pub(super) arguments: Option<&'a RawValue>,
    pub(super) version: Option<&'a RawValue>,
    pub(super) cursor: Option<&'a RawValue>,
    pub(super) level: Option<&'a RawValue>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Params<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Sent)
    }
}

/// Takes whatever was sent as `params`.
struct Sent;

fn wrong<'a>() -> Params<'a> {
    Params { is_wrong: true, ..Params::default() }
}

impl<'de> Visitor<'de> for Sent {
    type Value = Params<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("anything")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut params = Params::default();
        while let Some(Text(key)) = map.next_key()? {
            let member = match &*key {
                "_meta" => &mut params.meta,
                "name" => &mut params.name,
                "uri" => &mut params.uri,
                "arguments" => &mut params.arguments,
                "protocolVersion" => &mut params.version,
                "cursor" => &mut params.cursor,
                "level" => &mut params.level,
                // As serde_json shows a number where somebody has switched on its `arbitrary_precision`.
                "$serde_json::private::Number" => {
                    params.is_wrong = true;
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            params.is_wrong |= member.replace(map.next_value()?).is_some();
        }
        let is_null = |json: &&RawValue| json.get() == "null";
        params.meta = params.meta.filter(|meta| !is_null(meta));
        params.arguments = params.arguments.filter(|arguments| !is_null(arguments));
        Ok(params)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(wrong())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(wrong())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(wrong())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(wrong())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(wrong())
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(wrong())
    }
}

impl<'a> Params<'a> {
    /// What is wrong with all of them, if it is.
    pub(super) fn check(&self) -> Result<(), Failure> {
        if self.is_wrong {
            return Err(Failure::new(200, INVALID_PARAMS, "`params` must be an object, with each member once"));
        }
        match self.meta {
            Some(meta) if !meta.get().starts_with('{') => Err(Failure::new(200, INVALID_PARAMS, "`params._meta` must be an object")),
            _ => Ok(()),
        }
    }

    /// All that was sent, for what few read.
    pub(crate) fn whole(&self) -> Option<&'a RawValue> {
        let (_, json) = args::members(self.message)?.into_iter().find(|(key, _)| key == "params")?;
        Some(json).filter(|json| json.get() != "null")
    }

    /// A string that the method cannot do without.
    pub(super) fn text(member: Option<&'a RawValue>, key: &str) -> Result<Cow<'a, str>, Failure> {
        let wanted = || Failure::new(200, INVALID_PARAMS, format!("`params.{key}` must be a string"));
        string(member.ok_or_else(wanted)?).ok_or_else(wanted)
    }
}
