//! `Context`: this call.

use crate::{Error, Result, events::Events, table::Table, widget::Page, wire::legal_id};
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

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
    progress: Option<Progress>,
}

/// Where progress goes, if the client asked for it.
struct Progress {
    token: Box<RawValue>,
    events: Events,
    /// The last amount that was told: the next one must be more.
    last: Mutex<f64>,
}

impl Context {
    pub(crate) fn new(table: &Arc<Table>, meta: Option<&RawValue>, events: Option<&Events>) -> Self {
        let mut context = Context { table: table.clone(), meta: meta.map(ToOwned::to_owned), progress: None };
        if let Some(events) = events
            && let Some(token) = context.member::<Box<RawValue>>("progressToken").filter(|token| legal_id(token.get()))
        {
            context.progress = Some(Progress { token, events: events.clone(), last: Mutex::new(f64::NEG_INFINITY) });
        }
        context
    }

    /// A context for unit tests, in which a tool is called as the ordinary function that it is. It knows the widgets that
    /// are linked, and no client.
    pub fn for_tests() -> Self {
        Context { table: Arc::new(Table::for_tests()), meta: None, progress: None }
    }

    /// The app's widgets, sorted by name.
    pub fn widgets(&self) -> impl Iterator<Item = &Page> {
        self.table.pages().iter()
    }

    /// Tells the client how far the call has come: `done` of `total` (`None` where nobody knows), and what is being done.
    ///
    /// Hosts show it to the user while the tool runs. Nothing happens where the client did not ask for it, and where
    /// `done` is not more than the last time (MCP, basic/utilities/progress). The first one turns the answer into a
    /// stream; a client that reads slowly makes this wait.
    ///
    /// ```
    /// # use chatui::Context;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let cx = Context::for_tests();
    /// cx.progress(1, 2, "found the station").await;
    /// cx.progress(0.5, None::<f64>, "reading").await;
    /// # }
    /// ```
    pub async fn progress(&self, done: impl Amount, total: impl Amount, message: &str) {
        let Some(Progress { token, events, last }) = &self.progress else { return };
        let Some(done) = done.amount() else { return };
        {
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            if done <= *last {
                return;
            }
            *last = done;
        }
        #[derive(Serialize)]
        struct Notification<'a> {
            jsonrpc: &'static str,
            method: &'static str,
            params: Params<'a>,
        }
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Params<'a> {
            progress_token: &'a RawValue,
            progress: f64,
            #[serde(skip_serializing_if = "Option::is_none")]
            total: Option<f64>,
            message: &'a str,
        }
        let params = Params { progress_token: token, progress: done, total: total.amount(), message };
        let notification = Notification { jsonrpc: "2.0", method: "notifications/progress", params };
        if let Ok(message) = serde_json::to_vec(&notification) {
            events.send(message).await;
        }
    }

    /// What the client put under this key of the request's `_meta`, for example `openai/locale`. `None` if it is absent or
    /// of another type.
    ///
    /// A hint from outside: good for a default, never for a decision about who may do what.
    pub fn hint<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        self.member(key)
    }

    /// Goes on only where the client has declared this capability with the call, for example `sampling`. Only clients of
    /// 2026-07-28 do; the revisions before it say such things once in a session, and this server has none.
    ///
    /// # Errors
    ///
    /// Where it has not. Returned as it is, the client is told what it lacks (-32021, MCP 2026-07-28).
    pub fn require(&self, capability: &'static str) -> Result<()> {
        let declared = self.member::<BTreeMap<String, IgnoredAny>>("io.modelcontextprotocol/clientCapabilities");
        if declared.is_some_and(|all| all.contains_key(capability)) { Ok(()) } else { Err(Error::lacking(capability)) }
    }

    fn member<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(self.meta.as_ref()?.get()).ok()?;
        serde_json::from_str(members.get(key)?.get()).ok()
    }
}

/// An amount of progress: any number, or `None` where nobody knows.
pub trait Amount: private::Sealed {
    #[doc(hidden)]
    fn amount(self) -> Option<f64>;
}

mod private {
    pub trait Sealed {}
}

macro_rules! amounts {
    ($($type:ty)*) => {$(
        impl private::Sealed for $type {}
        impl Amount for $type {
            #[allow(clippy::cast_precision_loss, clippy::cast_lossless, reason = "a progress bar is no more precise")]
            fn amount(self) -> Option<f64> {
                let number = self as f64;
                number.is_finite().then_some(number)
            }
        }
    )*};
}
amounts!(f32 f64 i8 i16 i32 i64 isize u8 u16 u32 u64 usize);

impl<T: Amount> private::Sealed for Option<T> {}
impl<T: Amount> Amount for Option<T> {
    fn amount(self) -> Option<f64> {
        self.and_then(T::amount)
    }
}
