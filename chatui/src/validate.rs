//! Checks an argument against our own normalised schemas, and says everything that is wrong with it in words that a model
//! can act on. Not a validator for the world's schemas: it knows the keywords that `schema.rs` publishes.

mod choose;
mod sense;
mod words;

pub(crate) use words::json;

use crate::pattern::Pattern;
use serde_json::{Map, Number, Value};
use std::{cmp::Ordering, collections::HashMap, fmt};

/// The schema of a tool's arguments with all that checking needs.
pub(crate) struct Checks {
    schema: Value,
    patterns: Vec<(String, Pattern)>,
    /// Whether the schema has constraints that serde cannot enforce: then every call is checked, else only those that serde
    /// refused.
    pub(crate) always: bool,
}

/// One thing that does not fit, and where.
#[derive(Debug, PartialEq)]
pub(crate) struct Wrong {
    path: String,
    why: String,
}

impl Wrong {
    pub(crate) fn new(path: impl Into<String>, why: impl Into<String>) -> Self {
        Wrong { path: path.into(), why: why.into() }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` {}", self.path, self.why)
    }
}

impl Checks {
    /// # Errors
    ///
    /// Sentences about patterns that can't be used.
    pub(crate) fn new(schema: Value, always: bool) -> Result<Self, Vec<String>> {
        let (mut compiled, mut mistakes) = (Vec::new(), Vec::new());
        for place in ["properties", "$defs"] {
            for (key, schema) in schema.get(place).and_then(Value::as_object).into_iter().flatten() {
                let mut texts = Vec::new();
                patterns(schema, &mut texts);
                for text in texts {
                    match Pattern::new(text) {
                        Ok(pattern) => compiled.push((text.to_owned(), pattern)),
                        Err(why) => mistakes.push(format!("the pattern `{text}` of `{key}` can't be used: {why}")),
                    }
                }
            }
        }
        if mistakes.is_empty() { Ok(Checks { schema, patterns: compiled, always }) } else { Err(mistakes) }
    }

    pub(crate) fn schema(&self) -> &Value {
        &self.schema
    }

    /// Everything that is wrong with an argument. `taken`: serde read it, so that only what serde does not ask for can be wrong.
    pub(crate) fn argument(&self, key: &str, json: &str, taken: bool) -> Vec<Wrong> {
        let place = Place::Argument(key);
        let Ok(value) = serde_json::from_str(json) else {
            // What serde says about it then is told instead.
            return if taken { vec![Wrong::new(key, "can't be checked; send less")] } else { Vec::new() };
        };
        let Some(schema) = self.schema.get("properties").and_then(|properties| properties.get(key)) else { return Vec::new() };
        // Alternatives that are tried one after the other may not cost more than a small multiple of what was sent.
        let mut walk = Walk { checks: self, taken, steps: 1_000 + 16 * json.len(), depth: 0, guessing: 0, wrong: Vec::new() };
        walk.check(schema, &value, &place);
        if walk.steps == 0 && walk.wrong.is_empty() {
            walk.say(&place, "can't be checked; send less");
        }
        walk.wrong
    }

    /// Whether a text matches a pattern of the schema.
    fn matches(&self, pattern: &str, text: &str) -> bool {
        let known = self.patterns.iter().find(|(known, _)| known == pattern);
        known.is_none_or(|(_, pattern)| pattern.is_match(text))
    }

    /// The schema itself, or the one it refers to.
    fn target<'a>(&'a self, schema: &'a Value) -> &'a Value {
        // Ours lead nowhere else; what those of others lead to is not known, and fits.
        static ANYTHING: Value = Value::Bool(true);
        let Some(Value::String(reference)) = schema.get("$ref") else { return schema };
        let name = reference.strip_prefix("#/$defs/");
        name.and_then(|name| self.schema.get("$defs")?.get(name)).unwrap_or(&ANYTHING)
    }
}

fn patterns<'a>(schema: &'a Value, texts: &mut Vec<&'a str>) {
    for (keyword, value) in schema.as_object().into_iter().flatten() {
        match (keyword.as_str(), value) {
            ("pattern", Value::String(text)) => texts.push(text),
            ("patternProperties", Value::Object(all)) => {
                texts.extend(all.keys().map(String::as_str));
                all.values().for_each(|schema| patterns(schema, texts));
            }
            ("properties" | "$defs", Value::Object(all)) => all.values().for_each(|schema| patterns(schema, texts)),
            ("anyOf" | "oneOf" | "allOf" | "prefixItems", Value::Array(all)) => all.iter().for_each(|schema| patterns(schema, texts)),
            ("items" | "additionalProperties" | "propertyNames" | "not", schema) => patterns(schema, texts),
            _ => {}
        }
    }
}

/// Whether a schema names this type, alone or among others.
pub(crate) fn has_type(schema: &Map<String, Value>, name: &str) -> bool {
    match schema.get("type") {
        Some(Value::Array(names)) => names.iter().any(|known| known == name),
        Some(known) => known == name,
        None => false,
    }
}

/// Where a value stands in the arguments.
#[derive(Clone, Copy)]
enum Place<'a> {
    Argument(&'a str),
    Member(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Argument(key) => formatter.write_str(key),
            Place::Member(of, key) if words::is_plain(key) => write!(formatter, "{of}.{key}"),
            Place::Member(of, key) => write!(formatter, "{of}[{}]", words::short(&Value::from(*key))),
            Place::Item(of, index) => write!(formatter, "{of}[{index}]"),
        }
    }
}

/// Mistakes beyond this many help nobody.
const MOST: usize = 100;

/// Schemas in schemas: what serde_json reads is 128 deep, and each level may stand in an alternative of a definition.
const DEEPEST: usize = 400;

struct Walk<'a> {
    checks: &'a Checks,
    taken: bool,
    steps: usize,
    depth: usize,
    /// Inside how many alternatives that may not be the one that was meant.
    guessing: usize,
    wrong: Vec<Wrong>,
}

impl<'a> Walk<'a> {
    fn say(&mut self, place: &Place<'_>, why: impl Into<String>) {
        if self.wrong.len() < MOST {
            self.wrong.push(Wrong::new(place.to_string(), why));
        }
    }

    fn check(&mut self, schema: &'a Value, value: &Value, place: &Place<'_>) {
        self.steps = self.steps.saturating_sub(1);
        if self.depth == DEEPEST {
            self.steps = 0;
        }
        if self.steps == 0 || self.wrong.len() == MOST {
            return;
        }
        self.depth += 1;
        match schema {
            Value::Object(rules) => self.check_all(schema, rules, value, place),
            Value::Bool(false) => self.say(place, "is not known; leave it out"),
            _ => {}
        }
        self.depth -= 1;
    }

    fn check_all(&mut self, schema: &'a Value, rules: &'a Map<String, Value>, value: &Value, place: &Place<'_>) {
        for (keyword, rule) in rules {
            if !self.fits(keyword, rule, value) {
                self.say(place, words::misfit(self.checks, schema, keyword, value));
                // A value of another type, or one that is not in a list, has no details to speak of.
                if matches!(keyword.as_str(), "type" | "enum") || !(value.is_array() || value.is_object()) {
                    return;
                }
            }
        }
        match value {
            Value::Array(items) => self.items(rules, items, place),
            Value::Object(members) => self.members(rules, members, place),
            _ => {}
        }
        for (keyword, rule) in rules {
            match (keyword.as_str(), rule) {
                ("$ref", _) => self.check(self.checks.target(schema), value, place),
                ("allOf", Value::Array(all)) => all.iter().for_each(|schema| self.check(schema, value, place)),
                ("anyOf" | "oneOf", Value::Array(all)) => self.choose(schema, all, value, place),
                ("not", refused) if self.attempt(refused, value, place).is_empty() => {
                    let refused = words::expected(self.checks, refused);
                    self.say(place, format!("is {}; expected anything but {refused}", words::short(value)));
                }
                _ => {}
            }
        }
    }

    /// What would be wrong.
    fn attempt(&mut self, schema: &'a Value, value: &Value, place: &Place<'_>) -> Vec<Wrong> {
        let before = std::mem::take(&mut self.wrong);
        self.guessing += 1;
        self.check(schema, value, place);
        self.guessing -= 1;
        std::mem::replace(&mut self.wrong, before)
    }

    fn fits(&self, keyword: &str, rule: &Value, value: &Value) -> bool {
        match value {
            _ if keyword == "type" => self.has_type(rule, value),
            // What serde took under a name that is not published is an alias.
            _ if keyword == "enum" && self.taken && self.guessing == 0 => true,
            _ if keyword == "enum" => rule.as_array().is_none_or(|all| all.iter().any(|known| same(known, value))),
            Value::Number(number) => number_fits(keyword, rule, number),
            Value::String(text) => self.text_fits(keyword, rule, text),
            Value::Array(items) => match keyword {
                "minItems" => at_least(items.len(), rule),
                "maxItems" => at_most(items.len(), rule),
                "uniqueItems" => *rule != Value::Bool(true) || !twice(items),
                _ => true,
            },
            Value::Object(members) => match keyword {
                "minProperties" => at_least(members.len(), rule),
                "maxProperties" => at_most(members.len(), rule),
                _ => true,
            },
            _ => true,
        }
    }

    fn has_type(&self, names: &Value, value: &Value) -> bool {
        match names {
            Value::Array(names) => names.iter().any(|name| self.has_type(name, value)),
            Value::String(name) => match (name.as_str(), value) {
                ("integer", Value::Number(number)) => is_integer(number, self.taken),
                (name, value) => name == words::type_of(value),
            },
            _ => true,
        }
    }

    fn text_fits(&self, keyword: &str, rule: &Value, text: &str) -> bool {
        match keyword {
            "minLength" => at_least(text.chars().count(), rule),
            "maxLength" => at_most(text.chars().count(), rule),
            "pattern" => rule.as_str().is_none_or(|pattern| self.checks.matches(pattern, text)),
            // What serde took has its form, whichever of several that may be.
            "format" => self.taken || rule.as_str().is_none_or(|name| words::has_format(name, text)),
            _ => true,
        }
    }

    fn items(&mut self, rules: &'a Map<String, Value>, items: &[Value], place: &Place<'_>) {
        let listed = rules.get("prefixItems").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let rest = rules.get("items");
        for (at, item) in items.iter().enumerate() {
            if let Some(schema) = listed.get(at).or(rest) {
                self.check(schema, item, &Place::Item(place, at));
            }
        }
    }

    fn members(&mut self, rules: &'a Map<String, Value>, members: &Map<String, Value>, place: &Place<'_>) {
        let properties = rules.get("properties").and_then(Value::as_object);
        let required = rules.get("required").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let is_required = |key: &str| required.iter().any(|name| name == key);
        // What serde took is not missing: it came under an alias, which schemas do not tell.
        let missing = required.iter().filter_map(Value::as_str).filter(|name| !members.contains_key(*name));
        let aliased = self.taken && missing.clone().next().is_some();
        for name in missing.filter(|_| !aliased) {
            let schema = properties.and_then(|properties| properties.get(name));
            self.say(&Place::Member(place, name), words::missing(self.checks, schema));
        }
        for (key, value) in members {
            if self.wrong.len() == MOST {
                return;
            }
            let place = Place::Member(place, key);
            if let Some(schema) = properties.and_then(|properties| properties.get(key)) {
                if value.is_null() && !is_required(key) {
                    self.check_null(schema, &place);
                } else {
                    self.check(schema, value, &place);
                }
            } else if !aliased {
                self.other_member(rules, key, value, &place);
            }
        }
    }

    /// Null says "absent" to serde, unless a type says otherwise.
    fn check_null(&mut self, schema: &'a Value, place: &Place<'_>) {
        if !self.taken && !self.attempt(schema, &Value::Null, place).is_empty() {
            self.say(place, format!("is null; leave it out, or send {}", words::expected(self.checks, schema)));
        }
    }

    fn other_member(&mut self, rules: &'a Map<String, Value>, key: &str, value: &Value, place: &Place<'_>) {
        if let Some(schema) = rules.get("propertyNames")
            && !self.attempt(schema, &Value::from(key), place).is_empty()
        {
            return self.say(place, format!("can't be a name here; expected {}", words::expected(self.checks, schema)));
        }
        if let Some(Value::Object(patterns)) = rules.get("patternProperties") {
            let named = patterns.iter().find(|(pattern, _)| self.checks.matches(pattern, key));
            if let Some((_, schema)) = named {
                return self.check(schema, value, place);
            }
        }
        match rules.get("additionalProperties") {
            Some(Value::Bool(false)) => {
                let known = rules.get("properties").and_then(Value::as_object);
                let known: Vec<&str> = known.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
                self.say(place, words::unknown(key, &known));
            }
            Some(schema) => self.check(schema, value, place),
            None => {}
        }
    }
}

/// Serde reads no integer from `3.0`, though it is one; from 2⁶³ on a [`Number`] no longer knows how it was written.
fn is_integer(number: &Number, taken: bool) -> bool {
    let whole = |real: f64| real.fract() == 0.0 && (taken || real.abs() >= 9_223_372_036_854_775_808.0);
    !number.is_f64() || number.as_f64().is_some_and(whole)
}

fn number_fits(keyword: &str, rule: &Value, number: &Number) -> bool {
    let Value::Number(rule) = rule else { return true };
    let compared = compare(number, rule);
    match keyword {
        "minimum" => compared != Some(Ordering::Less),
        "maximum" => compared != Some(Ordering::Greater),
        "exclusiveMinimum" => compared == Some(Ordering::Greater),
        "exclusiveMaximum" => compared == Some(Ordering::Less),
        "multipleOf" => match (number.as_i64(), rule.as_i64(), number.as_f64(), rule.as_f64()) {
            (Some(number), Some(rule), ..) => number.checked_rem(rule) == Some(0),
            (.., Some(number), Some(rule)) => (number / rule - (number / rule).round()).abs() < 1e-9,
            _ => true,
        },
        _ => true,
    }
}

/// Exact where both are whole, and never by way of a float that can't hold them.
fn compare(one: &Number, other: &Number) -> Option<Ordering> {
    match (one.as_i128(), other.as_i128()) {
        (Some(one), Some(other)) => Some(one.cmp(&other)),
        _ => one.as_f64()?.partial_cmp(&other.as_f64()?),
    }
}

fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => compare(one, other) == Some(Ordering::Equal),
        _ => one == other,
    }
}

fn at_least(count: usize, rule: &Value) -> bool {
    rule.as_u64().is_none_or(|least| count as u64 >= least)
}

fn at_most(count: usize, rule: &Value) -> bool {
    rule.as_u64().is_none_or(|most| count as u64 <= most)
}

fn twice(items: &[Value]) -> bool {
    // By their text; a model writes equal objects with their members in one order.
    let texts: Vec<String> = items.iter().map(json).collect();
    let seen: HashMap<&str, usize> = texts.iter().enumerate().map(|(at, text)| (text.as_str(), at)).collect();
    seen.len() < texts.len()
}

/// For tests, which see a schema and its arguments from outside: everything that is wrong, as a model reads it.
#[doc(hidden)]
pub fn wrong(schema: &Value, arguments: &Map<String, Value>, taken: bool) -> Result<Vec<String>, Vec<String>> {
    let checks = Checks::new(schema.clone(), true)?;
    let wrong = arguments.iter().flat_map(|(key, value)| checks.argument(key, &value.to_string(), taken));
    Ok(wrong.map(|wrong| wrong.to_string()).collect())
}
