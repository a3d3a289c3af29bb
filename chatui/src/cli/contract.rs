//! `contract`: what has changed for hosts since the contract was committed.

use super::{DONE, FAILED, pretty, print};
use crate::{Error, contract, ink::Ink, server::Server};
use serde_json::json;
use std::path::PathBuf;

pub(super) fn run(server: &Server, update: bool, file: Option<String>, json: bool) -> Result<u8, Error> {
    let file = file.map_or_else(contract::file, PathBuf::from);
    let name = file.display();
    if update {
        let written = contract::update(&server.table, &file)?;
        if json {
            return Ok(pretty(&json!({ "file": file, "written": written })));
        }
        let summary = contract::summary(&server.table);
        print(&if written {
            format!("{name} is written: {summary}; commit it\n")
        } else {
            format!("{name} is as it should be: {summary}\n")
        });
        return Ok(DONE);
    }
    let report = contract::compare(&server.table, &file)?;
    if json {
        pretty(&report.json());
    } else if report.is_empty() {
        print(&format!("{name} is as it should be: {}\n", contract::summary(&server.table)));
    } else {
        print(&report.text(&Ink::of(&std::io::stdout())));
    }
    Ok(if report.is_empty() { DONE } else { FAILED })
}
