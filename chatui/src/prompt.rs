//! A prompt as data: what the macro writes about a function that says something for its user.

use crate::{
    Error, Message,
    access::Access,
    args::{Arguments, members},
    asking::Asks,
    icon::Icon,
    item::{Lent, Package, Slot, sorted},
    offer::Offer,
    schema,
    task::{Task, task},
    tool::Call,
    validate::Checks,
};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use std::{borrow::Cow, fmt::Write};

/// One annotated function.
#[doc(hidden)]
pub struct Prompt {
    pub name: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    pub package: Package,
    pub place: &'static str,
    pub params: &'static [Slot],
    pub lent: &'static [Lent],
    pub access: Access,
    pub icon: Option<&'static str>,
    /// How it asks its user, where it says that it does.
    pub asks: Option<&'static Asks>,
    pub get: for<'a> fn(Call<'a>) -> Task<'a, Said>,
    /// Sorts all prompts and makes their entries. Called through data, so that an app without prompts has nothing of it.
    pub entries: fn(&mut Vec<&'static Prompt>, &mut Vec<String>) -> Vec<Entry>,
}

/// What the macro fills in.
#[doc(hidden)]
pub const PROMPT: Prompt = Prompt {
    name: "",
    title: "",
    about: "",
    package: Package { name: "", version: "", is_root: false },
    place: "",
    params: &[],
    lent: &[],
    access: Access::Unsaid,
    icon: None,
    asks: None,
    get: |_| task(async { Ok(Vec::new()) }),
    entries,
};

inventory::collect!(Prompt);

/// What a prompt comes to.
pub(crate) type Said = Result<Vec<Message>, Error>;

/// Asked once, at the function's return type.
pub fn said<T: IntoSaid>(value: T) -> Said {
    value.into_said()
}

/// What a prompt can say.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be what a #[prompt] says",
    label = "no messages",
    note = "return a `String` for the words of the user, a `Message`, a `Vec` or an array of them, or a `Result` of one of these"
)]
pub trait IntoSaid {
    fn into_said(self) -> Said;
}

#[diagnostic::do_not_recommend]
impl IntoSaid for String {
    fn into_said(self) -> Said {
        Ok(vec![Message::user(self)])
    }
}

#[diagnostic::do_not_recommend]
impl IntoSaid for &'static str {
    fn into_said(self) -> Said {
        Ok(vec![Message::user(self)])
    }
}

#[diagnostic::do_not_recommend]
impl IntoSaid for Message {
    fn into_said(self) -> Said {
        Ok(vec![self])
    }
}

#[diagnostic::do_not_recommend]
impl IntoSaid for Vec<Message> {
    fn into_said(self) -> Said {
        Ok(self)
    }
}

#[diagnostic::do_not_recommend]
impl<const N: usize> IntoSaid for [Message; N] {
    fn into_said(self) -> Said {
        Ok(self.into())
    }
}

#[diagnostic::do_not_recommend]
impl<T: IntoSaid, E: Into<Error>> IntoSaid for Result<T, E> {
    fn into_said(self) -> Said {
        self.map_err(Into::into)?.into_said()
    }
}

/// A prompt with what is known of it at start.
#[doc(hidden)]
pub struct Entry {
    pub(crate) prompt: &'static Prompt,
    pub(crate) checks: Checks,
    pub(crate) offers: Vec<Offer>,
    /// Whether any of them offers something.
    pub(crate) completes: bool,
    /// What `prompts/list` says of it.
    pub(crate) listed: Box<RawValue>,
}

fn entries(prompts: &mut Vec<&'static Prompt>, mistakes: &mut Vec<String>) -> Vec<Entry> {
    *prompts = sorted(std::mem::take(prompts), |prompt| (prompt.name, prompt.place));
    for pair in prompts.windows(2).filter(|pair| pair[0].name == pair[1].name) {
        let (name, a, b) = (pair[0].name, pair[0].place, pair[1].place);
        mistakes.push(format!("two prompts are named `{name}`, at {a} and {b}; rename one, or give it `name = \"…\"`"));
    }
    prompts.iter().filter_map(|prompt| Entry::new(prompt, mistakes)).collect()
}

impl Entry {
    fn new(prompt: &'static Prompt, mistakes: &mut Vec<String>) -> Option<Self> {
        let note = |sentences: Vec<String>| {
            mistakes.extend(sentences.iter().map(|why| format!("prompt `{}` ({}): {why}", prompt.name, prompt.place)));
        };
        let checks = schema::input(prompt.params, None).map_err(note).ok()?;
        let typeless = prompt.params.iter().filter(|slot| !is_typed(&checks.schema()["properties"][slot.key]));
        mistakes.extend(typeless.map(|slot| {
            let (name, place, key) = (prompt.name, prompt.place, slot.key);
            format!("prompt `{name}` ({place}): a person types its argument `{key}`, which is a list or an object; take a text, a number, a `bool` or an enum without data")
        }));
        let listed = to_raw_value(&Listed::of(prompt)).ok()?;
        let offers = Offer::all(prompt.params, &checks);
        Some(Entry { prompt, completes: offers.iter().any(Offer::is_some), offers, checks, listed })
    }

    /// The arguments as JSON of their types. On the wire each is a text: read as a string, or where its type wants no
    /// string as the number or the word that it spells.
    pub(crate) fn typed(&self, arguments: Option<&RawValue>) -> Result<Box<RawValue>, Error> {
        let wanted = || Error::tell("wrong arguments: send one JSON object with a text for each argument");
        let sent = arguments.map_or(Some(Vec::new()), |json| members(json.get())).ok_or_else(wanted)?;
        let mut typed = String::from("{");
        for (key, json) in sent {
            let slot = self.prompt.params.iter().find(|slot| slot.key == key);
            let value = slot.map_or(Cow::Borrowed(json.get()), |slot| spelled(slot, json));
            let comma = if typed.len() > 1 { "," } else { "" };
            // Into a string, which can't fail.
            let _ = write!(typed, "{comma}{}:{value}", serde_json::Value::from(key));
        }
        Ok(RawValue::from_string(typed + "}")?)
    }

    /// The arguments of one call, if all of them can be used.
    ///
    /// # Errors
    ///
    /// One that lists everything wrong.
    pub(crate) fn arguments<'a>(&'a self, typed: &'a RawValue) -> Result<Arguments<'a>, Error> {
        let params = self.prompt.params;
        let mut arguments = Arguments::split(Some(typed), params)?.against(&self.checks);
        for slot in params {
            let why = match arguments.get(slot.key) {
                None | Some("null") if slot.may_lack() => None,
                None => Some("is missing".to_owned()),
                Some(json) => (slot.refuses)(json),
            };
            if let Some(why) = why {
                arguments.refuse(slot.key, why);
            }
        }
        arguments.check().map(|()| arguments)
    }
}

/// Whether a person can type a value of this schema.
fn is_typed(schema: &serde_json::Value) -> bool {
    let is = |schema: &serde_json::Value| schema["type"] != "object" && schema["type"] != "array";
    ["anyOf", "oneOf"].iter().find_map(|key| schema[key].as_array()).map_or(is(schema), |all| all.iter().any(is))
}

/// What a text means for a parameter. Forms of hosts send an empty one for what was left out.
fn spelled<'a>(slot: &Slot, json: &'a RawValue) -> Cow<'a, str> {
    let as_it_is = Cow::Borrowed(json.get());
    if !json.get().starts_with('"') || (slot.refuses)(json.get()).is_none() {
        return as_it_is;
    }
    let Some(text) = crate::wire::string(json) else { return as_it_is };
    if text.trim().is_empty() && slot.may_lack() {
        return "null".into();
    }
    // What is a number is judged as one, and told so where it does not fit.
    let is_plain = || serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|value| value.is_number() || value.is_boolean());
    if (slot.refuses)(&text).is_none() || is_plain() { text.into_owned().into() } else { as_it_is }
}

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    icons: Option<[Icon<'static>; 1]>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    arguments: Vec<Argument>,
}

#[derive(Serialize)]
struct Argument {
    name: &'static str,
    title: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'static str,
    required: bool,
}

impl Listed {
    fn of(prompt: &Prompt) -> Self {
        let Prompt { name, title, about: description, icon, params, .. } = *prompt;
        let argument =
            |slot: &Slot| Argument { name: slot.key, title: words(slot.key), description: slot.about, required: !slot.may_lack() };
        Listed { name, title, description, icons: icon.map(Icon::of), arguments: params.iter().map(argument).collect() }
    }
}

/// `first_day` → "First day".
fn words(key: &str) -> String {
    let words = key.replace(['_', '-', '.'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
