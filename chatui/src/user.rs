//! `User`: who is calling.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::{fmt, sync::Arc};

/// Who is calling, as the authorization server says; lent to a tool that has a parameter `user: &User`. Cheap to clone.
///
/// Only a tool that nobody can call without being signed in can borrow it. One with `auth(optional)` asks
/// [`Context::user`](crate::Context::user).
///
/// ```standalone_crate
/// use chatui::{App, Auth, User, tool};
///
/// /// Use this when the user asks who they are to this app.
/// #[tool(read_only)]
/// fn whoami(user: &User) -> String {
///     user.get::<String>("email").unwrap_or_else(|| user.subject().to_owned())
/// }
///
/// #[chatui::app]
/// fn app() -> App {
///     App::new().auth(Auth::issuer("https://auth.example.com"))
/// }
///
/// assert_eq!(whoami(&User::new("248289761001")), "248289761001"); // in a unit test
/// # app().build().unwrap();
/// ```
#[derive(Clone)]
pub struct User(Arc<Claims>);

#[derive(Clone, Default)]
struct Claims {
    subject: String,
    scopes: Vec<String>,
    more: Map<String, Value>,
    /// Whether every scope counts as granted: who sits at the machine itself.
    everything: bool,
}

impl User {
    /// A user of this name, with no scopes and no claims: for tests, and for what
    /// [`Auth::verify_with`](crate::Auth::verify_with) answers.
    pub fn new(subject: impl Into<String>) -> Self {
        User(Arc::new(Claims { subject: subject.into(), ..Claims::default() }))
    }

    /// Whoever sits at the machine, as `--user` says it: a name with every scope granted, a name and the scopes that are, or nobody.
    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn local(said: &str) -> Option<Self> {
        let mut words = said.split_whitespace().map(str::to_owned);
        let subject = words.next()?;
        let scopes: Vec<String> = words.collect();
        Some(User(Arc::new(Claims { subject, everything: scopes.is_empty(), scopes, ..Claims::default() })))
    }

    /// The same user, with these scopes beside those that were granted before.
    ///
    /// ```
    /// use chatui::User;
    ///
    /// let ada = User::new("ada").with_scopes(["todo:read"]);
    /// assert!(ada.has_scope("todo:read") && !ada.has_scope("todo:write"));
    /// ```
    pub fn with_scopes<S: Into<String>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.change(|claims| claims.scopes.extend(scopes.into_iter().map(Into::into)))
    }

    /// The same user, with this claim; one of the same name is replaced.
    ///
    /// ```
    /// use chatui::User;
    ///
    /// let ada = User::new("ada").with_claim("email", "ada@example.com");
    /// assert_eq!(ada.get::<String>("email").as_deref(), Some("ada@example.com"));
    /// ```
    pub fn with_claim(self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.change(|claims| drop(claims.more.insert(name.into(), value.into())))
    }

    fn change(mut self, change: impl FnOnce(&mut Claims)) -> Self {
        change(Arc::make_mut(&mut self.0));
        self
    }

    /// Who it is to the authorization server (`sub`): the same for as long as there is the account, and what to keep
    /// somebody's data under. It is unique to the issuer, and no name to greet with.
    ///
    /// ```
    /// use chatui::User;
    /// use std::collections::HashMap;
    ///
    /// fn keep(notes: &mut HashMap<String, Vec<String>>, note: &str, user: &User) {
    ///     notes.entry(user.subject().to_owned()).or_default().push(note.into());
    /// }
    /// # let mut notes = HashMap::new();
    /// # keep(&mut notes, "milk", &User::new("ada"));
    /// # assert_eq!(notes["ada"], ["milk"]);
    /// ```
    pub fn subject(&self) -> &str {
        &self.0.subject
    }

    /// What the token allows. `#[tool(auth(scopes("…")))]` asks for it before a call.
    ///
    /// ```
    /// use chatui::User;
    ///
    /// let ada = User::new("ada").with_scopes(["todo:read", "todo:write"]);
    /// assert_eq!(ada.scopes().collect::<Vec<_>>().join(", "), "todo:read, todo:write");
    /// ```
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.0.scopes.iter().map(String::as_str)
    }

    /// Whether the token allows this.
    pub fn has_scope(&self, scope: &str) -> bool {
        self.0.everything || self.scopes().any(|granted| granted == scope)
    }

    /// A claim of the token, such as `email`. `None` where it is absent or of another type. Which there are depends on the
    /// authorization server.
    ///
    /// ```
    /// use chatui::User;
    ///
    /// let ada = User::new("ada").with_claim("groups", ["editors", "admins"]);
    /// let groups: Vec<String> = ada.get("groups").unwrap_or_default();
    /// assert!(groups.iter().any(|group| group == "admins"));
    /// assert_eq!(ada.get::<String>("groups"), None); // a list is no text
    /// ```
    pub fn get<T: DeserializeOwned>(&self, claim: &str) -> Option<T> {
        T::deserialize(self.0.more.get(claim)?).ok()
    }
}

/// Names nobody: what is logged by accident is no personal data.
impl fmt::Debug for User {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("User").field("scopes", &self.0.scopes).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::User;

    #[test]
    fn a_change_of_one_is_none_of_another() {
        let ada = User::new("ada").with_scopes(["a"]);
        let more = ada.clone().with_scopes(["b"]).with_claim("n", 1);
        assert!(!ada.has_scope("b") && more.has_scope("b"));
        assert_eq!((ada.get::<u8>("n"), more.get::<u8>("n"), more.get::<String>("n")), (None, Some(1), None));
    }

    #[test]
    fn who_sits_here_may_do_what_is_said_and_else_everything() {
        assert!(User::local("x").unwrap().has_scope("whatever"));
        let ada = User::local(" ada  notes:read a ").unwrap();
        assert_eq!((ada.subject(), ada.scopes().collect::<Vec<_>>()), ("ada", vec!["notes:read", "a"]));
        assert!(ada.has_scope("a") && !ada.has_scope("whatever"));
        assert!(User::local(" ").is_none());
    }

    #[test]
    fn debug_shows_no_person() {
        assert_eq!(format!("{:?}", User::new("ada").with_claim("email", "a@b")), "User { scopes: [], .. }");
    }
}
