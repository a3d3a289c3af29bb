//! `App`: what an author says about the whole, and `Server`, which it becomes once everything fits together.

mod maker;

pub(crate) use maker::Door;
#[cfg(not(target_family = "wasm"))]
pub(crate) use maker::IntoApp;
pub use maker::{AppFn, from_door, made};

#[cfg(not(target_family = "wasm"))]
use crate::rate::Rate;
use crate::{
    about::Sign,
    choice::{self, Choice, ToolInfo},
    context::Context,
    item::Package,
    limits::Limits,
    mistakes::Mistakes,
    names::Names,
    notices::Handle,
    platform::NOTHING,
    prompt::Prompt,
    resource::Resource,
    secrets,
    server::Server,
    site::{Addresses, Origin, Site},
    state::States,
    table::{Above, Said, Table},
    task::Shared,
    tool::Tool,
    user::User,
};
use std::{
    any::TypeId,
    sync::{Arc, OnceLock},
};

/// The app: everything that is not said on a tool or a widget.
///
/// The tools and widgets of the crate are found by themselves; an app adds what they borrow.
///
/// ```standalone_crate
/// use chatui::{App, tool};
///
/// struct Greeting(&'static str);
///
/// /// Greets somebody.
/// #[tool(read_only)]
/// fn greet(name: String, greeting: &Greeting) -> String {
///     format!("{}, {name}!", greeting.0)
/// }
///
/// #[chatui::app]
/// fn app() -> App {
///     App::new().instructions("Greets people.").state(Greeting("Hello"))
/// }
/// # app().build().unwrap();
/// ```
#[derive(Default)]
pub struct App {
    sign: Sign,
    instructions: Option<String>,
    states: States,
    choice: Choice,
    addresses: Addresses,
    limits: Limits,
    handle: OnceLock<Handle>,
    state_secret: Option<String>,
    /// Whose pages may call it beside its own.
    pages: Vec<String>,
    /// How many proxies are believed.
    #[cfg(not(target_family = "wasm"))]
    proxies: u8,
    /// Of which tool there are so many copies.
    #[cfg(not(target_family = "wasm"))]
    copies: Option<(&'static str, usize)>,
    /// What could not be done as it was said, found where it is said: who says nothing carries no sentences about it.
    refused: Vec<String>,
    #[cfg(feature = "auth")]
    auth: Option<crate::auth::Auth>,
}

impl App {
    /// An app with the tools, resources and widgets of its crate.
    pub fn new() -> Self {
        App::default()
    }

    /// What hosts tell the model about the whole app. The first 512 characters count most: ChatGPT may read no further.
    ///
    /// ```
    /// let app = chatui::App::new().instructions("Weather of European cities. Ask for one city at a time; `forecast` reaches 7 days.");
    /// ```
    pub fn instructions(mut self, text: impl Into<String>) -> Self {
        self.instructions = Some(text.into());
        self
    }

    /// What people see the server as, like `Weather desk`. Without it hosts show the name of the package.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.sign.title = Some(title.into());
        self
    }

    /// The server's picture, beside its title: an address with `https` or a `data:image/…`, as hosts load no others; anything else
    /// keeps the app from starting.
    ///
    /// ```
    /// let app = chatui::App::new().title("Weather desk").icon("https://weather.example.com/icon.png").website("https://weather.example.com");
    /// ```
    pub fn icon(mut self, address: impl Into<String>) -> Self {
        let address = address.into();
        if !address.starts_with("https://") && !address.starts_with("data:image/") {
            self.refused.push(format!("the app's icon is `{address}`; hosts load icons from `https://…` or `data:image/…` alone"));
        }
        self.sign.icon = Some(address);
        self
    }

    /// Where people read about the server: an address with `https`; anything else keeps the app from starting.
    pub fn website(mut self, address: impl Into<String>) -> Self {
        let address = address.into();
        if !address.starts_with("https://") {
            self.refused.push(format!("the app's website is `{address}`; write it with `https://`"));
        }
        self.sign.website = Some(address);
        self
    }

    /// Lends a value to the tools: each that has a parameter `&T` borrows it.
    ///
    /// One value of each type; a second refuses to start.
    ///
    /// ```
    /// use chatui::App;
    ///
    /// struct Units {
    ///     metric: bool,
    /// }
    /// struct Stations(Vec<String>);
    ///
    /// let app = App::new().state(Units { metric: true }).state(Stations(vec!["Orly".into()]));
    /// ```
    pub fn state<T: Shared>(mut self, value: T) -> Self {
        self.states.add(Box::new(value));
        self
    }

    /// Lends a trait object: each tool that has a parameter `&dyn Trait` borrows it.
    ///
    /// ```
    /// use chatui::App;
    ///
    /// trait Clock: Send + Sync {
    ///     fn now(&self) -> u64;
    /// }
    /// struct Fixed;
    /// impl Clock for Fixed {
    ///     fn now(&self) -> u64 {
    ///         0
    ///     }
    /// }
    ///
    /// let app = App::new().state_dyn::<dyn Clock>(Box::new(Fixed));
    /// ```
    pub fn state_dyn<T: ?Sized + Shared>(mut self, value: Box<T>) -> Self {
        self.states.add(value);
        self
    }

    /// Adds the tools, resources and prompts of another crate, by its name. Being linked is not enough: a dependency must not put
    /// functions on a public endpoint unasked.
    ///
    /// Name the crate in code too, `use weather_tools as _;`, or the linker leaves it out; that is found out at start.
    ///
    /// ```
    /// // Beside it: use weather_tools as _;
    /// let app = chatui::App::new().with("weather-tools");
    /// ```
    pub fn with(mut self, package: impl Into<String>) -> Self {
        self.choice.with(package.into());
        self
    }

    /// Keeps only the tools of these names.
    ///
    /// ```standalone_crate
    /// # use chatui::{App, testing::{self, json}, tool};
    /// # /// Use this when the user asks for the weather.
    /// # #[tool(read_only)]
    /// # fn weather() -> &'static str { "sunny" }
    /// # /// Use this when the user wants all that was measured deleted.
    /// # #[tool(destructive)]
    /// # fn delete_all() {}
    /// # testing::block_on(async {
    /// for app in [App::new().only(["weather"]), App::new().without(["delete_all"])] {
    ///     let tools = testing::client(app).tools().await;
    ///     assert_eq!((tools.len(), &tools[0]["name"]), (1, &json!("weather")));
    /// }
    /// # });
    /// ```
    pub fn only<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.choice.only(names.into_iter().map(Into::into).collect());
        self
    }

    /// Leaves out the tools of these names.
    pub fn without<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.choice.without(names.into_iter().map(Into::into).collect());
        self
    }

    /// Keeps the tools that `keep` likes.
    ///
    /// ```
    /// use chatui::App;
    ///
    /// let app = App::new().filter(|tool| tool.is_read_only());
    /// ```
    pub fn filter(mut self, keep: impl Fn(&ToolInfo) -> bool + Shared) -> Self {
        self.choice.filter(keep);
        self
    }

    /// The address under which the world reaches this server, like `https://weather.example.com`. The native server answers
    /// requests for that host beside those for its own machine; pages of that origin may call it, and widgets load and fetch
    /// from it. The environment's `PUBLIC_URL` and the flag `--public-url` say the same, and go before it.
    ///
    /// ```
    /// let app = chatui::App::new()
    ///     .public_url("https://weather.example.com")
    ///     .widget_domain("https://weather-widgets.example.com")
    ///     .assets_url("https://cdn.example.com");
    /// ```
    pub fn public_url(mut self, url: impl Into<String>) -> Self {
        self.addresses.public = Some(url.into());
        self
    }

    /// The origin that ChatGPT draws the widgets under, like `https://weather.example.com`: one of yours, and another for
    /// each app. Its submission form asks for it. The environment's `WIDGET_DOMAIN` says the same, and goes before it. Other
    /// hosts are not told: Claude gets its own form of it, made of the public URL.
    pub fn widget_domain(mut self, origin: impl Into<String>) -> Self {
        self.addresses.widgets = Some(origin.into());
        self
    }

    /// Where the files are that `#[widget(assets = "…")]` serves beside its widgets, if not at the public URL. Like that, this
    /// origin joins those of every widget's `csp(connect, resource)`, for what scripts load; an address that stands in a
    /// template is checked earlier, and named in the widget's own `csp`. The environment's `WORKER_DOMAIN_BASE` says the same,
    /// and goes before it.
    pub fn assets_url(mut self, origin: impl Into<String>) -> Self {
        self.addresses.assets = Some(origin.into());
        self
    }

    /// Registers a value that no answer may hold: an upstream's key, a password, the URL of a database with one in it.
    ///
    /// From this line on, an answer that holds it is not sent. The client gets "internal error" with an id instead, and the
    /// log says under that id which tool it was, and not the value. That is so in debug and in release builds, for results with
    /// all of their content and metadata, errors, resources, lists and progress (which is left out). Lines of the log that the
    /// command line or a Worker's console prints have `[secret]` in its place, those of your own `tracing` events and what
    /// keeps the app from starting too, so register before the value is used.
    ///
    /// It is found as it is, however JSON escapes it, and in base64. Not found is what was changed in another way: a part of it,
    /// another case, percent-encoding, a hash; this catches mistakes, and not a tool that wants to betray. Nor is it found in the
    /// words of a panic on Workers, which the platform's own crate prints. It holds for all apps of the process. White space at
    /// its ends does not count.
    ///
    /// Where nothing is registered nothing is looked for; otherwise it takes about a microsecond for each KB of an answer, however
    /// many values there are. On Workers `chatui::worker::secret` reads a secret and registers it.
    ///
    /// ```
    /// use chatui::{App, Result};
    /// # struct Client(String);
    ///
    /// #[chatui::app]
    /// fn app() -> Result<App> {
    ///     let key = std::env::var("WEATHER_KEY").unwrap_or_else(|_| "only for tests".into());
    ///     Ok(App::new().secret(&key).state(Client(key)))
    /// }
    /// ```
    ///
    /// A value shorter than 8 bytes keeps the app from starting: it would be found in answers that do not hold it.
    #[track_caller]
    pub fn secret(mut self, value: impl AsRef<str>) -> Self {
        if let Err(why) = secrets::register(value.as_ref()) {
            let place = std::panic::Location::caller();
            self.refused.push(format!("the secret given at {}:{} {why}", place.file(), place.line()));
        }
        self
    }

    /// What seals the answers that clients carry from one round of questions to the next, where tools ask
    /// ([`Context::ask`](crate::Context::ask)): at least 32 bytes that nobody can guess, such as `openssl rand -base64 32` prints,
    /// and the same for all that serve this app. The environment's `STATE_SECRET` says the same, and goes before it; on Workers that
    /// is the secret of this name. It is registered as [`secret`](Self::secret) does.
    ///
    /// Two, separated by white space: the first seals, and what the other has sealed is taken too, so that a secret can be
    /// replaced while somebody is being asked.
    ///
    /// Without it an app whose tools ask does not start on Workers, nor in release builds that serve; in a debug build each process
    /// makes one of its own.
    ///
    /// ```
    /// use chatui::{App, Result};
    ///
    /// #[chatui::app]
    /// fn app() -> Result<App> {
    ///     Ok(App::new().state_secret(std::fs::read_to_string("/run/secrets/state")?))
    /// }
    /// ```
    pub fn state_secret(mut self, secret: impl Into<String>) -> Self {
        self.state_secret = Some(secret.into());
        self
    }

    /// Lets pages of another origin call this server, like `https://inspector.example.com`: a client of MCP that runs in a
    /// browser. Pages of the server itself, of its public URL, and, where it is reached as this machine, of this machine may
    /// call it anyhow; those of all others are refused (MCP 2026-07-28, basic/transports), with CORS and without.
    ///
    /// An origin has `https`, or is of this machine, and has no path; another keeps the app from starting. So does `*`: any page
    /// that a person opens could then use this server as the person can.
    ///
    /// ```
    /// let app = chatui::App::new().allow_origin("https://inspector.example.com").allow_origin("http://localhost:6274");
    /// ```
    pub fn allow_origin(mut self, origin: impl Into<String>) -> Self {
        let origin = origin.into();
        if origin == "*" {
            self.refused.push(ANYBODY.into());
        } else {
            match Origin::read(&origin, "the origin", &["", "/"]) {
                Ok(origin) => self.pages.push(origin.text),
                Err(why) => self.refused.push(why),
            }
        }
        self
    }

    /// How many proxies stand before the native server, each of which adds the address that it was called from to
    /// `X-Forwarded-For`. What they add is believed, and no more than that: the client is the one that the first of them saw.
    /// By default 0, and the header is ignored, because anybody can send one. `Forwarded`, `X-Forwarded-Host` and
    /// `X-Forwarded-Proto` are always ignored; [`public_url`](App::public_url) says what they would.
    ///
    /// Workers do not need it, and do not have it: Cloudflare says who asks.
    ///
    /// ```
    /// // A load balancer, and behind it nginx.
    /// let app = chatui::App::new().public_url("https://weather.example.com").trusted_proxies(2);
    /// ```
    #[cfg(not(target_family = "wasm"))]
    pub fn trusted_proxies(mut self, count: u8) -> Self {
        self.proxies = count;
        self
    }

    /// As many tools as somebody wants to measure with: copies of this one, `add_00001` and so on.
    #[doc(hidden)]
    #[cfg(not(target_family = "wasm"))]
    pub fn __copies(mut self, of: &'static str, count: usize) -> Self {
        self.copies = Some((of, count));
        self
    }

    /// Asks users to sign in at an authorization server, and takes its tokens: see [`Auth`](crate::Auth).
    ///
    /// From then on every tool is for those who are signed in, unless it says `#[tool(auth(none))]` or `auth(optional)`. Where no tool
    /// is open to anybody the lists are not either.
    ///
    /// Tokens are for one address, so the app needs a public URL (PUBLIC_URL); natively it is `http://127.0.0.1:8080` unless
    /// said otherwise.
    ///
    /// ```
    /// use chatui::{App, Auth};
    ///
    /// let auth = Auth::issuer("https://auth.example.com").scopes(["todo:read"]);
    /// let app = App::new().public_url("https://todo.example.com").auth(auth);
    /// ```
    #[cfg(feature = "auth")]
    pub fn auth(mut self, auth: crate::auth::Auth) -> Self {
        if self.auth.replace(auth).is_some() {
            self.refused.push("the app has `auth` twice; keep the one whose tokens it is to take".into());
        }
        self
    }

    /// What the server takes, sends and waits for, at most. What is not said is as [`Limits`] lists it.
    ///
    /// ```
    /// use chatui::{App, Limits};
    ///
    /// let app = App::new().limits(Limits::default().body(64 * 1024).calls(50));
    /// ```
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self.refused.extend(limits.wrong());
        self
    }

    /// What announces changes of this app from running code, to keep or to send to a thread: see [`Handle`]. The tools borrow the
    /// same one as `&Handle`, without anything being said here.
    ///
    /// An app that has taken it, or a tool of which borrows it, advertises `listChanged` and `subscribe` to clients that it can
    /// tell. Each app has one; those that are taken later are the same.
    ///
    /// ```
    /// let app = chatui::App::new();
    /// let handle = app.handle();
    /// std::thread::spawn(move || {
    ///     // Whenever another program has written notes:
    ///     handle.resource_updated("notes://all");
    /// });
    /// ```
    pub fn handle(&self) -> Handle {
        self.handle.get_or_init(Handle::default).clone()
    }

    /// Checks the whole and makes the server.
    ///
    /// ```standalone_crate
    /// # use chatui::{App, tool};
    /// # struct Notes(Vec<String>);
    /// /// Use this when the user asks how many notes there are.
    /// #[tool(read_only)]
    /// fn count(notes: &Notes) -> usize {
    ///     notes.0.len()
    /// }
    ///
    /// let mistakes = App::new().website("example.com").build().err().unwrap();
    /// assert_eq!(mistakes.iter().count(), 2); // no `Notes`, and an address without `https`
    /// assert!(App::new().state(Notes(Vec::new())).build().is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that does not fit together, at once: no tools at all, two with one name, state that is borrowed but
    /// not given or given twice, a limit that would let nothing through.
    pub fn build(self) -> Result<Server, Mistakes> {
        self.build_for(cfg!(debug_assertions))
    }

    /// The same, of which is known whether it is for development.
    pub(crate) fn build_for(self, is_development: bool) -> Result<Server, Mistakes> {
        #[cfg(feature = "auth")]
        let (plan, signs_in, wrong) = match self.auth.map(crate::auth::Auth::plan) {
            None => (None, false, Vec::new()),
            Some(Ok(plan)) => (Some(crate::only::Only(plan)), true, Vec::new()),
            Some(Err(wrong)) => (None, true, wrong),
        };
        #[cfg(not(feature = "auth"))]
        let (plan, signs_in) = (None, false);
        let App { sign, instructions, states, choice, addresses, limits, handle, state_secret, pages, refused, .. } = self;
        let handle = handle.into_inner();
        #[cfg(feature = "auth")]
        let refused = [refused, wrong].concat();
        let tools = tools();
        #[cfg(not(target_family = "wasm"))]
        let tools = match self.copies.and_then(|(of, count)| Some((tools.iter().find(|tool| tool.name == of)?, count))) {
            Some((tool, count)) => tools.iter().copied().chain(tool.copies(count)).collect(),
            None => tools,
        };
        let makers = maker::all();
        let package = choice::root(&makers, &packages(), &choice)?;
        let maker = makers.iter().find(|(maker, _)| maker.name == package.name).map(|(_, place)| *place);
        let above = Above { per_call: per_call(), voice: TypeId::of::<Context>(), packages: packages(), maker };
        // Where the native server listens unless it is told otherwise; the files of a Worker are elsewhere.
        #[cfg(not(target_family = "wasm"))]
        let addresses = addresses.or(Addresses { here: Some("http://127.0.0.1:8080".into()), ..Addresses::default() });
        let site = match Site::of(&addresses) {
            Ok(site) => site,
            Err(wrong) => return Err(Mistakes([refused, wrong].concat())),
        };
        let names = Names::of(&site, pages);
        #[cfg(not(target_family = "wasm"))]
        let names = Names { proxies: self.proxies, ..names };
        let said =
            Said { package, sign, instructions, site, limits, states, handle, plan, signs_in, state_secret, is_development, refused };
        let table = Table::build(said, &tools, &choice, &above)?;
        Ok(Server {
            table: Arc::new(table),
            platform: &NOTHING,
            names: Arc::new(names),
            #[cfg(not(target_family = "wasm"))]
            streams: crate::places::Places::new(limits.streams),
            #[cfg(not(target_family = "wasm"))]
            rate: limits.rate.map(|(requests, per)| Arc::new(Rate::new(requests, per))),
            door: Arc::default(),
        })
    }
}

/// Where the secret is found that seals what clients carry.
pub(crate) const STATE_SECRET: &str = "STATE_SECRET";

/// Why `*` is no origin.
const ANYBODY: &str =
    "pages of every origin, `*`, can't be let in: whatever page a person opens could then use this server as they can; name each origin";

/// What is lent with each call, by the call itself and by the door.
fn per_call() -> Vec<TypeId> {
    vec![
        TypeId::of::<Context>(),
        // Whether there is one is looked at by itself.
        TypeId::of::<User>(),
        #[cfg(target_family = "wasm")]
        TypeId::of::<worker::Env>(),
        #[cfg(target_family = "wasm")]
        TypeId::of::<worker::Context>(),
    ]
}

fn tools() -> Vec<&'static Tool> {
    inventory::iter::<Tool>.into_iter().collect()
}

/// The packages of all tools, resources and prompts that are linked.
fn packages() -> Vec<Package> {
    let mut all: Vec<Package> = inventory::iter::<Tool>.into_iter().map(|tool| tool.package).collect();
    all.extend(inventory::iter::<Resource>.into_iter().map(|resource| resource.package));
    all.extend(inventory::iter::<Prompt>.into_iter().map(|prompt| prompt.package));
    all
}
