//! What the tests share: building and starting an example, and replaying a transcript through its doors.

pub mod process;
pub mod transcript;
