//! `Handle`: what running code announces to whoever listens.

#[cfg(not(target_family = "wasm"))]
mod hub;

#[cfg(not(target_family = "wasm"))]
pub(crate) use hub::{Hub, Listening, Topic};

#[cfg(not(target_family = "wasm"))]
use std::sync::Arc;

/// Announces from running code that something has changed: [`App::handle`](crate::App::handle) gives one, and a tool that has a
/// parameter `&Handle` borrows it. Cheap to clone, and sent to whatever thread knows of the change.
///
/// The tools, resources and prompts of an app are fixed, so what changes is what is behind them: what a resource reads,
/// or, behind a proxy of yours, the app itself.
///
/// ```standalone_crate
/// use chatui::{App, Handle, resource, tool};
/// use std::sync::Mutex;
///
/// struct Notes(Mutex<Vec<String>>);
///
/// /// All notes.
/// #[resource("notes://all")]
/// fn notes(notes: &Notes) -> String {
///     notes.0.lock().unwrap().join("\n")
/// }
///
/// /// Use this when the user wants to keep a note.
/// #[tool(writes)]
/// fn keep(note: String, notes: &Notes, handle: &Handle) {
///     notes.0.lock().unwrap().push(note);
///     handle.resource_updated("notes://all");
/// }
///
/// #[chatui::app]
/// fn app() -> App {
///     let app = App::new().state(Notes(Mutex::default()));
///     let handle = app.handle();
///     // Something beside the tools knows of changes too.
///     std::thread::spawn(move || handle.resources_changed());
///     app
/// }
/// # app().build().unwrap();
/// ```
///
/// It is heard where a door can send: by `subscriptions/listen` (MCP 2026-07-28) over HTTP and stdio, and over stdio by clients of
/// the revisions before it. The older revisions over HTTP would need a session, and a Worker has nowhere to keep who listens:
/// there nothing is heard, nothing is advertised, and these fns do nothing.
///
/// A client that reads slowly is told once of what has changed many times meanwhile; nobody waits for it.
#[derive(Clone, Default)]
#[cfg_attr(not(target_family = "wasm"), derive(Debug))]
pub struct Handle {
    #[cfg(not(target_family = "wasm"))]
    hub: Arc<Hub>,
}

#[cfg_attr(target_family = "wasm", allow(clippy::unused_self, reason = "nobody listens"))]
impl Handle {
    /// The tools are others than they were, or are described otherwise: `notifications/tools/list_changed`.
    ///
    /// ```
    /// # let handle = chatui::App::new().handle();
    /// // The app behind the proxy is another one:
    /// handle.tools_changed();
    /// handle.prompts_changed();
    /// // A note was added, and so the list of all of them is a different text:
    /// handle.resources_changed();
    /// handle.resource_updated("notes://all");
    /// ```
    pub fn tools_changed(&self) {
        #[cfg(not(target_family = "wasm"))]
        self.hub.tell(&Topic::Tools);
    }

    /// The same of the prompts: `notifications/prompts/list_changed`.
    pub fn prompts_changed(&self) {
        #[cfg(not(target_family = "wasm"))]
        self.hub.tell(&Topic::Prompts);
    }

    /// The same of the list of resources: `notifications/resources/list_changed`.
    pub fn resources_changed(&self) {
        #[cfg(not(target_family = "wasm"))]
        self.hub.tell(&Topic::Resources);
    }

    /// What stands under this address has changed: `notifications/resources/updated`, to those that have subscribed to it.
    #[cfg_attr(target_family = "wasm", allow(unused_variables, reason = "nobody listens"))]
    pub fn resource_updated(&self, uri: &str) {
        #[cfg(not(target_family = "wasm"))]
        self.hub.tell(&Topic::Resource(uri.into()));
    }

    /// Whether who listens to one hears the other.
    pub(crate) fn is(&self, other: &Handle) -> bool {
        #[cfg(not(target_family = "wasm"))]
        return Arc::ptr_eq(&self.hub, &other.hub);
        #[cfg(target_family = "wasm")]
        {
            let _ = other;
            true
        }
    }

    #[cfg(not(target_family = "wasm"))]
    pub(crate) fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }
}
