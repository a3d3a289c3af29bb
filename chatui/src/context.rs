//! `Context`: this call.

use crate::{table::Table, widget::Page};
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use std::{collections::BTreeMap, sync::Arc};

/// This call, lent to a tool that has a parameter `cx: &Context`.
///
/// ```standalone_crate
/// use chatui::{Context, tool};
///
/// /// Use this when the user asks what can be shown.
/// #[tool(read_only)]
/// fn what_is_there(cx: &Context) -> String {
///     cx.widgets().map(|page| page.title().to_owned()).collect::<Vec<_>>().join(", ")
/// }
///
/// assert_eq!(what_is_there(&Context::for_tests()), "");
/// ```
pub struct Context {
    table: Arc<Table>,
    meta: Option<Box<RawValue>>,
}

impl Context {
    pub(crate) fn new(table: &Arc<Table>, meta: Option<&RawValue>) -> Self {
        Context { table: table.clone(), meta: meta.map(ToOwned::to_owned) }
    }

    /// A context for unit tests, in which a tool is called as the ordinary function that it is. It knows the widgets that
    /// are linked, and no client.
    pub fn for_tests() -> Self {
        Context { table: Arc::new(Table::for_tests()), meta: None }
    }

    /// The app's widgets, sorted by name.
    pub fn widgets(&self) -> impl Iterator<Item = &Page> {
        self.table.pages().iter()
    }

    /// What the client put under this key of the request's `_meta`, for example `openai/locale`. `None` if it is absent or
    /// of another type.
    ///
    /// A hint from outside: good for a default, never for a decision about who may do what.
    pub fn hint<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let members: BTreeMap<&str, &RawValue> = serde_json::from_str(self.meta.as_ref()?.get()).ok()?;
        serde_json::from_str(members.get(key)?.get()).ok()
    }
}
