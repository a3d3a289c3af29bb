//! What the tests share: building and starting an example, and replaying a transcript through its doors.

pub mod process;
pub mod socket;
pub mod transcript;

/// What a guide shows compiles.
#[cfg(doctest)]
#[doc = include_str!("../docs/guides/AUTHORIZATION.md")]
mod authorization {}
#[cfg(doctest)]
#[doc = include_str!("../docs/guides/ASKING.md")]
mod asking {}
#[cfg(doctest)]
#[doc = include_str!("../docs/guides/TOOLS.md")]
mod tools {}
#[cfg(doctest)]
#[doc = include_str!("../docs/guides/STATE.md")]
mod state {}
#[cfg(doctest)]
#[doc = include_str!("../docs/guides/MIGRATING.md")]
mod migrating {}
#[cfg(doctest)]
#[doc = include_str!("../docs/guides/WIDGETS.md")]
mod widgets {}
