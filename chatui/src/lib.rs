#![doc = include_str!("../README.md")]
// Wasm has one thread; its `Arc` is an `Rc` that both doors can name.
#![cfg_attr(target_family = "wasm", allow(clippy::arc_with_non_send_sync))]

// The road, in its order. A file uses only what stands below it; `tests/layers.rs` holds it to that.
#[cfg(not(target_family = "wasm"))]
mod cli;
#[cfg(not(target_family = "wasm"))]
mod dev;
#[cfg(not(target_family = "wasm"))]
mod native;
#[cfg(not(target_family = "wasm"))]
mod stdio;
#[cfg(target_family = "wasm")]
pub mod worker;

mod app;
mod http;
mod stream;

mod rpc;

mod mcp;

mod run;

mod context;
mod server;

mod hosts;
mod table;

mod choice;
mod listing;

mod entry;
mod resource;
mod tool;

mod args;
mod file;
mod reply;
mod widget;

mod schema;
mod validate;

mod content;
mod item;
mod mistakes;
mod pattern;
mod revision;
mod state;
mod wire;

mod error;
mod events;
mod log;
mod platform;
mod task;

mod attributes;

pub use app::App;
pub use attributes::{app, data, resource, tool, widget};
pub use choice::ToolInfo;
#[cfg(not(target_family = "wasm"))]
pub use cli::Exit;
pub use content::Content;
pub use context::{Amount, Context};
pub use error::{Error, Result, Tell};
pub use file::File;
pub use http::Body;
pub use mistakes::Mistakes;
pub use reply::{Json, Reply};
pub use server::Server;
pub use widget::Page;

/// Runs the command line of this crate: `serve` by default, `--help` tells the rest.
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

/// What the macros write uses this, and may change with every version.
#[doc(hidden)]
#[allow(missing_docs)]
pub mod __private {
    pub use crate::{
        app::{AppFn, from_door, made},
        item::{Bound, Package, Rule, lent},
        reply::{Draw, Facts, IntoReply, Outcome, PLAIN, Unwritten, text},
        resource::{Body, RESOURCE, Resource, body},
        task::task,
        tool::{Answer, Audience, Call, Effect, Made, Opaque, Param, TOOL, Tool, Written, answer, param},
        validate::wrong,
        widget::{CSP, Csp, TEMPLATE, Template, WIDGET, Widget},
    };
    pub use inventory::submit;
    pub use schemars::{self, Schema, SchemaGenerator};
    pub use serde::{self, Serializer};
    pub use std::{
        option::Option::{None, Some},
        result::Result,
        string::String,
    };

    #[doc(hidden)]
    pub use crate::{__package as package, __place as place};
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

/// Where an item stands, for messages.
#[doc(hidden)]
#[macro_export]
macro_rules! __place {
    () => {
        ::core::concat!(::core::file!(), ":", ::core::line!())
    };
}
