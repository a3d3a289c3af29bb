//! `submission`: what ChatGPT's review wants, as files, and what is left to do by hand.

use super::{DONE, pretty, print};
use crate::{
    Error,
    ink::Ink,
    server::Server,
    submission::{self, Submission},
};
use serde_json::json;
use std::path::Path;

pub(super) fn run(server: &Server, out: &str, force: bool, json: bool) -> Result<u8, Error> {
    let Submission { written, unchanged, fill_in, reviewed } = submission::write(server, Path::new(out), force)?;
    if json {
        return Ok(pretty(&json!({ "written": written, "unchanged": unchanged, "fillIn": fill_in, "reviewed": reviewed })));
    }
    let Ink { strong, end, .. } = Ink::of(&std::io::stdout());
    let lines = |title: &str, lines: &[String]| format!("\n{strong}{title}{end}\n  {}\n", lines.join("\n  "));
    let files = written.iter().map(|file| format!("{file} is written\n"));
    let files: String = files.chain(unchanged.iter().map(|file| format!("{file} is as it should be\n"))).collect();
    print(&(files + &lines("left to fill in", &fill_in) + &lines("what a review will look at", &reviewed)));
    Ok(DONE)
}
