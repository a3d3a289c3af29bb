#![doc = include_str!("../README.md")]
// Wasm has one thread; its `Arc` is an `Rc` that both doors can name.
#![cfg_attr(target_family = "wasm", allow(clippy::arc_with_non_send_sync))]

// The road, in its order. A file uses only what stands below it; `tests/layers.rs` holds it to that.
#[cfg(not(target_family = "wasm"))]
mod cli;
#[cfg(all(feature = "dev", not(target_family = "wasm")))]
mod contract;
#[cfg(all(feature = "dev", not(target_family = "wasm")))]
mod dev;
#[cfg(all(feature = "rmcp", not(target_family = "wasm")))]
mod mounted;
#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(not(target_family = "wasm"))]
mod stdio;
#[cfg(all(feature = "dev", not(target_family = "wasm")))]
mod submission;
#[cfg(not(target_family = "wasm"))]
pub mod testing;
#[cfg(target_family = "wasm")]
pub mod worker;

#[cfg(all(feature = "dev", not(target_family = "wasm")))]
mod check;

mod app;
#[cfg(feature = "auth")]
mod auth;
mod http;
#[cfg(not(target_family = "wasm"))]
mod peer;
mod stream;

mod rpc;

mod mcp;

mod run;

mod context;
mod server;

mod names;
mod table;

mod choice;
mod listing;

mod about;

#[cfg_attr(not(feature = "auth"), allow(dead_code, reason = "nobody signs in"))]
mod guard;

mod entry;
mod prompt;
mod resource;
mod tool;

mod message;
mod offer;

mod args;
mod file;
mod reply;
mod widget;

mod schema;
mod validate;

mod content;

mod asking;

#[cfg(not(target_family = "wasm"))]
mod session;

#[cfg_attr(not(feature = "auth"), allow(dead_code, unreachable_pub, reason = "nobody signs in"))]
mod access;
#[cfg(any(feature = "auth", not(target_family = "wasm")))]
#[cfg_attr(not(feature = "auth"), allow(dead_code, unreachable_pub, reason = "nobody signs in"))]
mod user;
#[cfg(all(not(feature = "auth"), target_family = "wasm"))]
#[path = "nobody.rs"]
mod user;

mod host;
mod icon;
#[cfg(not(target_family = "wasm"))]
mod ink;
mod item;
mod level;
mod limits;
mod mistakes;
mod notices;
mod paging;
mod pattern;
mod places;
#[cfg(not(target_family = "wasm"))]
mod rate;
mod revision;
mod role;
mod site;
mod state;
mod wire;

mod input;
#[cfg(not(target_family = "wasm"))]
mod pipe;
mod seal;

mod error;
mod events;
mod header;
mod json;
mod log;
#[cfg_attr(not(feature = "auth"), allow(dead_code, reason = "nobody signs in"))]
mod only;
mod platform;
mod secrets;
mod task;

mod attributes;

pub use app::App;
pub use attributes::{app, data, prompt, resource, tool, widget};
#[cfg(feature = "auth")]
pub use auth::{Auth, Profile};
pub use choice::ToolInfo;
#[cfg(not(target_family = "wasm"))]
pub use cli::Exit;
pub use content::Content;
pub use context::{Amount, ClientInfo, Context, Location};
pub use error::{Error, Result, Tell};
pub use file::File;
pub use http::Body;
pub use input::{Asked, InputRequired};
pub use level::Level;
pub use limits::Limits;
pub use message::Message;
pub use mistakes::Mistakes;
pub use notices::Handle;
pub use reply::{Json, Reply};
pub use role::Role;
pub use server::Server;
pub use task::Shared;
#[cfg(feature = "auth")]
pub use user::User;
pub use widget::Page;

/// Runs the command line of this crate: `dev`, the page to develop on, by default in a debug build, and `serve` in a release build.
/// `--help` tells the rest.
///
/// ```no_run
/// // src/main.rs
/// fn main() -> chatui::Exit {
///     chatui::main()
/// }
/// ```
#[cfg(not(target_family = "wasm"))]
pub fn main() -> Exit {
    cli::main()
}

/// How `main` ended; on wasm nothing.
#[cfg(target_family = "wasm")]
pub type Exit = ();

/// A Worker has no command line; its `fetch` is exported by this crate.
#[cfg(target_family = "wasm")]
pub fn main() -> Exit {}

/// Fails unless the app's contract is the one that was committed as `chatui.lock.json`: its tools with their schemas and hints,
/// its widgets with their documents and data, its resources and prompts. One line of a test, and no change for hosts goes unseen:
///
/// ```no_run
/// // In a `#[test]` fn of the package whose tools they are.
/// chatui::assert_contract!();
/// ```
///
/// That makes the app of the crate by its `#[chatui::app]` fn, with a runtime where that is async; nothing is needed around
/// it, and inside of `#[tokio::test]` it works too. Where the fn opens what a test has not, give an app that does not, as to
/// [`testing::client`]: `chatui::assert_contract!(plain().state(Store::in_memory()))`.
///
/// `cargo run -- contract --update` writes the file, into the folder of `Cargo.toml`. Nothing in it depends on addresses
/// (`PUBLIC_URL` and the like), on the build or on the machine.
///
/// # Panics
///
/// With what `cargo run -- contract` prints: what has changed, what that means for hosts, and what to do. Also where there is
/// no such file, where it is damaged, and where the app can't start.
#[cfg(all(feature = "dev", not(target_family = "wasm")))]
#[macro_export]
macro_rules! assert_contract {
    () => {
        $crate::__private::assert_linked(::core::env!("CARGO_MANIFEST_DIR"))
    };
    ($app:expr $(,)?) => {
        $crate::__private::assert_app($app, ::core::env!("CARGO_MANIFEST_DIR"))
    };
}

/// What compares an app with its contract is part of the feature `dev`.
#[cfg(not(all(feature = "dev", not(target_family = "wasm"))))]
#[macro_export]
macro_rules! assert_contract {
    ($($app:expr)? $(,)?) => {
        ::core::compile_error!(
            "`assert_contract!` is part of chatui's feature `dev`, and of native tests; add `dev` to chatui's `features` in Cargo.toml"
        )
    };
}

/// What the macros write uses this, and may change with every version.
#[doc(hidden)]
#[allow(missing_docs)]
pub mod __private {
    #[cfg(feature = "auth")]
    pub use crate::auth::looked_at as token;
    #[cfg(not(target_family = "wasm"))]
    pub use crate::cli::main_with;
    #[cfg(all(feature = "dev", not(target_family = "wasm")))]
    pub use crate::contract::{assert_app, assert_linked};
    pub use crate::{
        access::Access,
        app::{AppFn, from_door, made},
        asking::{ASKS, sealed},
        header::header,
        item::{Bound, Package, Rule, lent},
        mcp::{COMPLETE, GET_PROMPT},
        offer::offered,
        prompt::{PROMPT, Prompt, said},
        reply::{Draw, Facts, IntoReply, Outcome, PLAIN, Unwritten, text},
        resource::{Body, RESOURCE, Resource, body},
        task::task,
        tool::{Answer, Audience, Call, Effect, Made, Opaque, Param, TOOL, Tool, Written, answer, is_data, param},
        validate::wrong,
        widget::{Assets, CSP, Csp, Finding, TEMPLATE, Template, WIDGET, Widget, card},
    };
    pub use inventory::submit;
    pub use schemars::{self, Schema, SchemaGenerator};
    pub use serde::{self, Serializer};
    pub use std::{
        option::Option::{self, None, Some},
        result::Result,
        string::String,
    };

    #[doc(hidden)]
    pub use crate::{__for_dev as for_dev, __package as package, __place as place};
}

/// The crate that an item is written in.
#[doc(hidden)]
#[macro_export]
macro_rules! __package {
    () => {
        $crate::__private::Package {
            name: ::core::env!("CARGO_PKG_NAME"),
            version: ::core::env!("CARGO_PKG_VERSION"),
            // cargo sets the one for binaries and the other for integration tests: nothing links to either.
            is_root: ::core::option_env!("CARGO_BIN_NAME").is_some() || ::core::option_env!("CARGO_TARGET_TMPDIR").is_some(),
        }
    };
}

/// What only development and a review of the app read.
#[doc(hidden)]
#[cfg(all(feature = "dev", not(target_family = "wasm")))]
#[macro_export]
macro_rules! __for_dev {
    ($($text:literal),*) => {
        &[$($text),*]
    };
}

/// The same where there is neither.
#[doc(hidden)]
#[cfg(not(all(feature = "dev", not(target_family = "wasm"))))]
#[macro_export]
macro_rules! __for_dev {
    ($($text:literal),*) => {
        &[]
    };
}

/// Where an item stands, for messages.
#[doc(hidden)]
#[macro_export]
macro_rules! __place {
    () => {
        ::core::concat!(::core::file!(), ":", ::core::line!())
    };
}
