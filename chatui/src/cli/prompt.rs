//! `prompt`: what a prompt says, as a host would put it into a chat.

use super::{DONE, ask, call::words, pretty, print};
use crate::{Error, ink::Ink, server::Server};
use chatui_template::nearest;
use serde_json::{Map, Value, json};

pub(super) async fn run(server: &Server, name: &str, arguments: Map<String, Value>, json: bool) -> Result<u8, Error> {
    if server.table.prompts().iter().all(|entry| entry.prompt.name != name) {
        let near = nearest(name, server.table.prompts().iter().map(|entry| entry.prompt.name));
        let near = near.map_or_else(|| "`list` shows them".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(Error::tell(format!("there is no prompt `{name}`; {near}")));
    }
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
