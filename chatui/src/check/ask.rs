//! How a server is asked: the app of this binary by a call, any other over HTTP. Both get the same requests.

use super::facts::shown;
use crate::{
    server::Server,
    task::{Task, task},
};
use bytes::Bytes;
use http::{HeaderMap, Method, Request, header};
use serde_json::Value;
use std::{
    io::{ErrorKind, Read},
    sync::Arc,
    time::{Duration, Instant},
};
use ureq::{Agent, Error, Proxy, Timeout};

/// What came back on one HTTP request.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
    pub(super) took: Duration,
}

/// Why nothing came back.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    /// Whether it is its certificate that is not believed.
    pub(super) tls: bool,
    /// Lower case, and no full stop.
    pub(super) says: String,
}

/// Sends one request.
pub(super) type Asker = Arc<dyn Fn(Request<Bytes>) -> Task<'static, Result<Answer, Failure>> + Send + Sync>;

/// Asks the app of this binary, without a socket.
pub(super) fn inside(server: &Server) -> Asker {
    let server = server.clone();
    Arc::new(move |request| {
        let server = server.clone();
        task(async move {
            let start = Instant::now();
            let (parts, body) = server.handle(request).await.into_parts();
            let body = String::from_utf8_lossy(&body.bytes().await).into_owned();
            Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body, took: start.elapsed() })
        })
    })
}

/// Hosts give up after about a minute; who checks wants to know sooner.
const PATIENCE: Duration = Duration::from_secs(30);
const CONNECT: Duration = Duration::from_secs(10);

/// More than any host reads.
const MOST: u64 = 16 * 1024 * 1024;

/// Asks over HTTP. Redirects are not followed, since hosts don't either, and every status is an answer. `local`: past the proxy
/// that the environment names, which knows no server on this machine.
pub(super) fn away(local: bool) -> Asker {
    let proxy = Proxy::try_from_env().filter(|_| !local);
    let agent: Agent = Agent::config_builder()
        .proxy(proxy)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(PATIENCE))
        .user_agent("")
        .build()
        .into();
    Arc::new(move |request| {
        let agent = agent.clone();
        task(async move {
            let asked = tokio::task::spawn_blocking(move || ask(&agent, request)).await;
            asked.unwrap_or_else(|error| Err(Failure { tls: false, says: error.to_string() }))
        })
    })
}

fn ask(agent: &Agent, request: Request<Bytes>) -> Result<Answer, Failure> {
    let host = request.uri().authority().map(|authority| shown(authority.as_str())).unwrap_or_default();
    let fail = |error| failure(&error, &host);
    let (parts, body) = request.into_parts();
    let opens = parts.method == Method::GET;
    let start = Instant::now();
    let response = match body.is_empty() {
        true => agent.run(Request::from_parts(parts, ())),
        false => agent.run(Request::from_parts(parts, body.to_vec())),
    };
    let (parts, body) = response.map_err(fail)?.into_parts();
    let streams = is_stream(&parts.headers);
    let mut reader = body.into_reader().take(MOST);
    let (mut bytes, mut chunk) = (Vec::new(), vec![0; 64 * 1024]);
    // A stream that was opened by GET never ends, and one that answers may stay open when all is said.
    while !streams || !(opens || has_answer(&bytes)) {
        match reader.read(&mut chunk) {
            Ok(0) => break,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
            Err(_) if streams => break,
            Err(error) => return Err(fail(Error::from(error))),
        }
    }
    let body = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body, took: start.elapsed() })
}

pub(super) fn is_stream(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    value.is_some_and(|value| value.trim_start().to_ascii_lowercase().starts_with("text/event-stream"))
}

fn has_answer(bytes: &[u8]) -> bool {
    // A whole event ends with an empty line.
    let whole = bytes.ends_with(b"\n\n") || bytes.ends_with(b"\r\n\r\n");
    whole && message(&String::from_utf8_lossy(bytes), true).is_some()
}

/// The JSON-RPC answer in a body: the body itself, or the event of a stream that is no notification.
pub(super) fn message(body: &str, streams: bool) -> Option<Value> {
    let read = |json: &str| serde_json::from_str::<Value>(json).ok().filter(|value| value.is_object() || value.is_array());
    if !streams {
        return read(body);
    }
    let events = body.replace("\r\n", "\n");
    let events = events.split("\n\n").map(|event| {
        let data = event.lines().filter_map(|line| line.strip_prefix("data:"));
        data.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    });
    events.filter_map(|data| read(&data)).find(|value| value.get("result").is_some() || value.get("error").is_some())
}

fn failure(error: &Error, host: &str) -> Failure {
    let tls = matches!(error, Error::Tls(_) | Error::Rustls(_) | Error::Pem(_)) || error.to_string().contains("certificate");
    let unknown = error.to_string().contains("lookup address");
    let says = match error {
        _ if unknown => format!("no name server knows `{host}`"),
        _ if tls => format!("the certificate of `{host}` is not believed: {error}"),
        Error::HostNotFound => format!("no name server knows `{host}`"),
        Error::Io(why) if why.kind() == ErrorKind::ConnectionRefused => format!("nothing listens at `{host}`"),
        Error::Timeout(Timeout::Connect | Timeout::Resolve) => format!("`{host}` was not reached within {} s", CONNECT.as_secs()),
        Error::Timeout(_) => format!("`{host}` did not answer within {} s", PATIENCE.as_secs()),
        other => format!("`{host}` can't be asked: {other}"),
    };
    Failure { tls, says }
}

#[cfg(test)]
mod tests {
    use super::message;

    #[test]
    fn the_answer_is_found_among_events() {
        let stream = "event: message\r\ndata: {\"method\":\"notifications/message\"}\r\n\r\n: keep\n\nid: 2\ndata: {\"id\":1,\ndata: \"result\":{}}\n\n";
        assert_eq!(message(stream, true).unwrap()["id"], 1);
        assert!(message("data: {\"id\":1}\n\n", true).is_none() && message("<html>", false).is_none() && message("3", false).is_none());
    }
}
