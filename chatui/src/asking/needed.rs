//! What a call needs before it can end.

use super::{Asking, Carried, Questions, Unanswered, Way};
use crate::{Error, input::InputRequired, item::Package, platform::wall_clock};
use serde::Serialize;
use serde_json::{Map, Value};
pub(super) fn end(asking: &Asking, error: Error, server: Package, out: &mut Vec<u8>) -> Result<(), Error> {
    let (requests, own) = match error.kept::<InputRequired>() {
        _ if error.is::<Unanswered>() => {
            let mut state = asking.state();
            (std::mem::take(&mut state.round), state.own.clone())
        }
        Some(input) => (checked(asking, input)?, input.state.clone().or_else(|| asking.own())),
        None => return Err(error),
    };
    let asked = requests.keys().cloned().collect();
    let carried = Carried {
        until: wall_clock().saturating_add(asking.time),
        call: asking.call.clone(),
        asked,
        known: asking.state().known.clone(),
        own,
    };
    let state = asking.keys.seal(&serde_json::to_vec(&carried)?);
    if state.len() > asking.most {
        let (length, most) = (state.len(), asking.most);
        return Err(Error::tell(format!("what was asked so far has {length} bytes, and this server takes at most {most}; ask for less")));
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Needed {
        result_type: &'static str,
        input_requests: Map<String, Value>,
        request_state: String,
        #[serde(rename = "_meta")]
        meta: Meta,
    }
    #[derive(Serialize)]
    struct Meta {
        #[serde(rename = "io.modelcontextprotocol/serverInfo")]
        server: Package,
    }
    let needed = Needed { result_type: "input_required", input_requests: requests, request_state: state, meta: Meta { server } };
    Ok(serde_json::to_writer(out, &needed)?)
}

/// The requests that an author has written, if they can be sent to this client.
fn checked(asking: &Asking, input: &InputRequired) -> Result<Map<String, Value>, Error> {
    if !matches!(asking.way, Way::Rounds) {
        return Err(Error::tell("this asks its client for more, which those of MCP 2026-07-28 alone can be asked for; use a newer client"));
    }
    if let Some(problem) = &input.problem {
        return Err(Error::keep(format!("what is asked for can't be written as JSON: {problem}")));
    }
    if input.requests.is_empty() && input.state.is_none() {
        return Err(Error::keep(
            "`InputRequired` asks for nothing; add what is needed, such as `.form::<T>(\"name\", \"message\")`".to_owned(),
        ));
    }
    for request in input.requests.values() {
        asking.able(match request["method"].as_str() {
            Some("sampling/createMessage") => "sampling",
            Some("roots/list") => "roots",
            _ => "elicitation",
        })?;
    }
    Ok(input.requests.clone())
}
