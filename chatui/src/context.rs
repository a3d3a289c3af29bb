//! `Context`: this call.

mod asking;
mod client;
mod voice;

pub use client::{ClientInfo, Location};

#[cfg(not(target_family = "wasm"))]
use crate::session::Session;
use crate::{
    Error, Result,
    asking::Questions,
    events::Events,
    level::Level,
    revision::Era,
    state::{Passing, States},
    table::Table,
    user::User,
    widget::Page,
};
use http::HeaderMap;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, value::RawValue};
use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use voice::Voice;

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
    headers: Option<Box<HeaderMap>>,
    voice: Option<Voice>,
    user: Option<Box<User>>,
    door: Arc<States>,
    /// Where it says that it asks.
    asking: Option<Arc<dyn Questions>>,
    /// Whether its caller has left; for those that can't be dropped.
    left: Option<Arc<AtomicBool>>,
}

/// Whose call it is, and what its request brought along.
pub(crate) struct Caller<'a> {
    /// What is called, for the log.
    pub(crate) whose: &'static str,
    pub(crate) era: Era,
    pub(crate) meta: Option<&'a RawValue>,
    /// `None` where they are not looked at, or where there are none.
    pub(crate) headers: Option<&'a HeaderMap>,
    /// `None` where nothing can be said before the answer.
    pub(crate) events: Option<&'a Events>,
    /// What an older client wants to hear.
    pub(crate) level: Level,
    pub(crate) user: Option<&'a User>,
    pub(crate) door: &'a Arc<States>,
}

impl Context {
    pub(crate) fn new(table: &Arc<Table>, caller: &Caller<'_>) -> Self {
        Context {
            table: table.clone(),
            meta: caller.meta.map(ToOwned::to_owned),
            headers: caller.headers.map(|headers| Box::new(headers.clone())),
            voice: Voice::of(caller),
            user: caller.user.cloned().map(Box::new),
            door: caller.door.clone(),
            asking: None,
            left: None,
        }
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
        let (table, door) = (Arc::new(Table::for_tests()), Arc::default());
        Context { table, meta: None, headers: None, voice: None, user: None, door, asking: None, left: None }
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
        Context { user: Some(Box::new(user)), ..self }
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
    ///
    /// ```
    /// # let cx = chatui::Context::for_tests();
    /// let heaviest = cx.widgets().max_by_key(|page| page.size()).map(|page| page.name());
    /// ```
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
        if let (Some(voice), Some(done)) = (&self.voice, done.amount()) {
            voice.progress(done, total.amount(), message).await;
        }
    }

    /// Tells the client something about the call, for people who look at what the server does; hosts show it, if at all, in a
    /// log of their own, and to no model. `data` is a sentence or anything that serde writes. The server's own log is `tracing`'s.
    ///
    /// Nothing happens where the client asked for graver messages only. A client of 2026-07-28 asks with each request, and hears
    /// nothing where it did not; one of the revisions before says it once in a session, which over stdio is kept, and hears
    /// [`Level::Info`] and above where there is none. As with [`progress`](Context::progress), the first message turns the answer
    /// into a stream, and a registered secret is not sent.
    ///
    /// MCP 2026-07-28 has this for the clients that are there, and will take it away; `tracing` stays.
    ///
    /// ```
    /// # use chatui::{Context, Level};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// # let cx = Context::for_tests();
    /// cx.log(Level::Warning, "the station has not answered; asking another").await;
    /// # }
    /// ```
    pub async fn log(&self, level: Level, data: impl Serialize) {
        if let Some(voice) = &self.voice {
            voice.log(level, data).await;
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

    /// What the client put under this key of the request's `_meta`. `None` if it is absent or of another type. The hints that
    /// hosts are known to give have functions of their own, like [`locale`](Context::locale).
    ///
    /// A hint from outside: good for a default, never for a decision about who may do what.
    ///
    /// ```
    /// # let cx = chatui::Context::for_tests();
    /// let metric = cx.hint("com.example/metric").unwrap_or(true);
    /// # assert!(metric);
    /// ```
    pub fn hint<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        let members: BTreeMap<String, &RawValue> = serde_json::from_str(self.meta.as_ref()?.get()).ok()?;
        serde_json::from_str(members.get(key)?.get()).ok()
    }

    /// Goes on only where the client has declared this capability, for example `sampling`. Clients of 2026-07-28 do so with each
    /// call; those of the revisions before say it once in a session, which only stdio has.
    ///
    /// ```
    /// use chatui::{Context, Result};
    ///
    /// fn summary(cx: &Context) -> Result<()> {
    ///     cx.require("sampling")?;
    ///     // What takes time comes after it.
    ///     Ok(())
    /// }
    /// let error = summary(&Context::for_tests()).unwrap_err();
    /// assert_eq!(error.to_string(), "this needs a client with `sampling`");
    /// ```
    ///
    /// # Errors
    ///
    /// Where it has not. Returned as it is, the client is told what it lacks (-32021, MCP 2026-07-28).
    pub fn require(&self, capability: &'static str) -> Result<()> {
        if self.supports(capability) { Ok(()) } else { Err(Error::lacking(capability)) }
    }

    /// Whether the client has declared this capability, for example `sampling` or, within another, `elicitation.url`: see
    /// [`require`](Context::require).
    ///
    /// ```
    /// assert!(!chatui::Context::for_tests().supports("sampling"));
    /// ```
    pub fn supports(&self, capability: &str) -> bool {
        let declared = self.hint::<Value>("io.modelcontextprotocol/clientCapabilities");
        #[cfg(not(target_family = "wasm"))]
        let declared = declared.or_else(|| Some(self.stays()?.capabilities()));
        declared.is_some_and(|all| capability.split('.').try_fold(&all, |within, part| within.get(part)).is_some())
    }

    /// The session that this is a call of.
    #[cfg(not(target_family = "wasm"))]
    fn stays(&self) -> Option<&Session> {
        self.door.get::<Arc<Session>>().map(|session| &**session)
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
