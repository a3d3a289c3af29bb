//! `Context`: this call.

mod asking;

use crate::{
    Error, Result,
    asking::Questions,
    events::Events,
    log, secrets,
    state::{Passing, States},
    table::Table,
    user::User,
    widget::Page,
    wire::legal_id,
};
use serde::{
    Serialize,
    de::{DeserializeOwned, IgnoredAny},
};
use serde_json::value::RawValue;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
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
    user: Option<Box<User>>,
    door: Arc<States>,
    /// Where it says that it asks.
    asking: Option<Arc<dyn Questions>>,
    /// Whether its caller has left; for those that can't be dropped.
    left: Option<Arc<AtomicBool>>,
}

/// Where progress goes, if the client asked for it.
struct Progress {
    whose: &'static str,
    token: Box<RawValue>,
    events: Events,
    /// The last amount that was told: the next one must be more.
    last: Mutex<f64>,
}

impl Context {
    /// `whose` call it is, for the log.
    pub(crate) fn new(
        table: &Arc<Table>,
        whose: &'static str,
        meta: Option<&RawValue>,
        events: Option<&Events>,
        door: &Arc<States>,
    ) -> Self {
        let (table, meta, door) = (table.clone(), meta.map(ToOwned::to_owned), door.clone());
        let mut context = Context { table, meta, progress: None, user: None, door, asking: None, left: None };
        if let Some(events) = events
            && let Some(token) = context.member::<Box<RawValue>>("progressToken").filter(|token| legal_id(token.get()))
        {
            context.progress = Some(Progress { whose, token, events: events.clone(), last: Mutex::new(f64::NEG_INFINITY) });
        }
        context
    }

    /// The same call, by this user.
    pub(crate) fn by(self, user: Option<&User>) -> Self {
        Context { user: user.cloned().map(Box::new), ..self }
    }

    /// A context for unit tests, in which a tool is called as the ordinary function that it is. It knows the widgets that
    /// are linked, and no client.
    ///
    /// What lies around a tool, such as its arguments, its state, and what the model and the widget get, is tested through a
    /// [`testing::client`](super::testing::client).
    ///
    /// ```
    /// use chatui::Context;
    ///
    /// assert_eq!(Context::for_tests().hint::<String>("openai/locale"), None);
    /// ```
    pub fn for_tests() -> Self {
        let table = Arc::new(Table::for_tests());
        Context { table, meta: None, progress: None, user: None, door: Arc::default(), asking: None, left: None }
    }

    /// The same context, in a call by this user, for unit tests.
    ///
    /// ```
    /// use chatui::{Context, User};
    ///
    /// let cx = Context::for_tests().with_user(User::new("ada"));
    /// assert_eq!(cx.user().map(User::subject), Some("ada"));
    /// ```
    #[cfg(feature = "auth")]
    pub fn with_user(self, user: User) -> Self {
        self.by(Some(&user))
    }

    /// Who is calling, where the caller is signed in and the token allows what the tool asks for: for a tool with
    /// `auth(optional)`, which anybody can call. One that always needs somebody borrows `&User`.
    ///
    /// ```standalone_crate
    /// use chatui::{App, Auth, Context, tool};
    ///
    /// /// Use this when the user wants to be greeted.
    /// #[tool(read_only, auth(optional))]
    /// fn greet(cx: &Context) -> String {
    ///     match cx.user() {
    ///         Some(user) => format!("Hello, {}!", user.get::<String>("name").unwrap_or_else(|| "friend".into())),
    ///         None => "Hello, stranger!".into(),
    ///     }
    /// }
    /// # assert_eq!(greet(&Context::for_tests()), "Hello, stranger!");
    /// # App::new().auth(Auth::issuer("https://auth.example.com")).build().unwrap();
    /// ```
    #[cfg(feature = "auth")]
    pub fn user(&self) -> Option<&User> {
        self.user.as_deref()
    }

    /// The same, to be lent.
    pub(crate) fn lent_user(&self) -> Option<Passing<'_>> {
        self.user.as_ref().map(|user| user as Passing<'_>)
    }

    /// The same call, of which `left` says whether anybody waits for it.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn until(self, left: Arc<AtomicBool>) -> Self {
        Context { left: Some(left), ..self }
    }

    pub(crate) fn open_questions(&self) -> Option<Arc<dyn Questions>> {
        self.asking.clone()
    }

    /// What the door lends beside this.
    pub(crate) fn door(&self) -> &States {
        &self.door
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
        let Some(Progress { whose, token, events, last }) = &self.progress else { return };
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
        let Ok(message) = serde_json::to_vec(&notification) else { return };
        if secrets::leaks(&message) {
            log::error(&format!("`{whose}` put a registered secret into its progress, which was not sent"));
        } else {
            events.send(message).await;
        }
    }

    /// Whether nobody waits for this call any more: its caller has left or cancelled it, or its `timeout` is over. For a `blocking`
    /// tool, which can't be stopped and looks by itself; all others are dropped at their next `.await`, and never see it.
    ///
    /// ```
    /// use chatui::{Context, Result, bail, tool};
    ///
    /// /// Use this when the user wants all rows summed up.
    /// #[tool(read_only, blocking)]
    /// fn sum(cx: &Context) -> Result<u64> {
    ///     let mut sum = 0;
    ///     for row in 0..1_000 {
    ///         if cx.is_cancelled() {
    ///             bail!("nobody waits for the sum");
    ///         }
    ///         sum += row;
    ///     }
    ///     Ok(sum)
    /// }
    /// # assert_eq!(sum(&Context::for_tests()).unwrap(), 499_500);
    /// ```
    pub fn is_cancelled(&self) -> bool {
        self.left.as_ref().is_some_and(|left| left.load(Ordering::Relaxed))
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
