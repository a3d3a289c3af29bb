//! What is offered to a person who types an argument: what the author's fn knows, or the values of an enum.

use crate::{item::Slot, validate::Checks};
use serde_json::Value;

/// What an argument of a prompt or a variable of an address can be completed by.
pub(crate) struct Offer {
    pub(crate) key: &'static str,
    source: Option<Source>,
}

enum Source {
    Asked(fn(&str) -> Vec<String>),
    Known(Vec<String>),
}

impl Offer {
    /// One for each parameter.
    pub(crate) fn all(params: &[Slot], checks: &Checks) -> Vec<Self> {
        let source = |slot: &Slot| slot.complete.map(Source::Asked).or_else(|| known(&checks.schema()["properties"][slot.key]));
        params.iter().map(|slot| Offer { key: slot.key, source: source(slot) }).collect()
    }

    /// Whether anything is ever offered.
    pub(crate) fn is_some(&self) -> bool {
        self.source.is_some()
    }

    /// What the text may become.
    pub(crate) fn values(&self, typed: &str) -> Vec<String> {
        let begins = |value: &&String| value.to_lowercase().starts_with(&typed.to_lowercase());
        match &self.source {
            None => Vec::new(),
            Some(Source::Asked(complete)) => complete(typed),
            Some(Source::Known(values)) => values.iter().filter(begins).cloned().collect(),
        }
    }
}

/// The values of an enum.
fn known(schema: &Value) -> Option<Source> {
    let values: Vec<String> = schema["enum"].as_array()?.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect();
    (!values.is_empty()).then_some(Source::Known(values))
}

/// What the fn of `complete = …` can answer with.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be offered to a person who types",
    label = "offers no texts",
    note = "the function of `complete = …` takes a `&str` and returns a `Vec`, an array or an iterator of `String`s or `&str`s"
)]
pub trait Offered {
    fn offered(self) -> Vec<String>;
}

#[diagnostic::do_not_recommend]
impl<T: IntoIterator<Item: Into<String>>> Offered for T {
    fn offered(self) -> Vec<String> {
        self.into_iter().map(Into::into).collect()
    }
}

/// Asked at the path of the function.
pub fn offered<T: Offered>(values: T) -> Vec<String> {
    values.offered()
}
