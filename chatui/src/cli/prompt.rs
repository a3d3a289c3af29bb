//! `prompt`: what a prompt says, as a host would put it into a chat.

use super::{DONE, ask, call::words, pretty, print};
use crate::{Error, ink::Ink, server::Server};
use serde_json::{Map, Value, json};

pub(super) async fn run(server: &Server, name: &str, arguments: Map<String, Value>, json: bool) -> Result<u8, Error> {
    let result = ask(server, "prompts/get", json!({ "name": name, "arguments": arguments })).await?;
    if json {
        return Ok(pretty(&result));
    }
    let Ink { dim, end, .. } = Ink::of(&std::io::stdout());
    for message in result["messages"].as_array().into_iter().flatten() {
        print(&format!("{dim}{}:{end} {}\n", message["role"].as_str().unwrap_or_default(), words(&message["content"], false)));
    }
    Ok(DONE)
}
