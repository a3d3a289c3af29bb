//! A document of the authorization server's: its metadata, its keys.

use serde_json::Value;

/// Longer ones are none.
const LARGEST: u64 = 512 * 1024;
const SECONDS: u64 = 5;

/// Why there is no document, for the log.
pub(super) enum Failed {
    /// Somebody answered, and has none there.
    Absent(String),
    /// Nobody did, or not in time: to ask elsewhere would only take longer.
    Silent(String),
}

/// The JSON at an address. No redirect is followed: who could change where keys come from could sign tokens. Natively it holds
/// the thread that it is called on.
#[cfg(not(target_family = "wasm"))]
pub(super) async fn json(url: &str) -> Result<Value, Failed> {
    get(url).map_err(|failed| failed.of(url))
}

impl Failed {
    fn of(self, url: &str) -> Self {
        match self {
            Failed::Absent(why) => Failed::Absent(format!("{url}: {why}")),
            Failed::Silent(why) => Failed::Silent(format!("{url}: {why}")),
        }
    }

    pub(super) fn why(self) -> String {
        match self {
            Failed::Absent(why) | Failed::Silent(why) => why,
        }
    }
}

#[cfg(not(target_family = "wasm"))]
fn get(url: &str) -> Result<Value, Failed> {
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(std::time::Duration::from_secs(SECONDS)))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .user_agent(concat!("chatui/", env!("CARGO_PKG_VERSION")));
    let response = config.build().new_agent().get(url).header("accept", "application/json").call();
    let mut response = response.map_err(|error| Failed::Silent(error.to_string()))?;
    if response.status() != 200 {
        return Err(Failed::Absent(format!("it was answered with {}", response.status())));
    }
    let body = response.body_mut().with_config().limit(LARGEST).read_to_vec().map_err(|error| Failed::Silent(error.to_string()))?;
    serde_json::from_slice(&body).map_err(|error| Failed::Absent(format!("it is no JSON: {error}")))
}

/// The same by the platform.
#[cfg(target_family = "wasm")]
pub(super) async fn json(url: &str) -> Result<Value, Failed> {
    use std::{
        future::poll_fn,
        pin::pin,
        task::Poll::{Pending, Ready},
        time::Duration,
    };
    let (mut got, mut end) = (pin!(get(url)), worker::Delay::from(Duration::from_secs(SECONDS)));
    let answer = poll_fn(|context| match got.as_mut().poll(context) {
        Pending => {
            std::pin::Pin::new(&mut end).poll(context).map(|()| Err(Failed::Silent(format!("there was no answer within {SECONDS} s"))))
        }
        Ready(answer) => Ready(answer),
    });
    answer.await.map_err(|failed| failed.of(url))
}

#[cfg(target_family = "wasm")]
async fn get(url: &str) -> Result<Value, Failed> {
    use worker::{Fetch, Headers, Request, RequestInit, RequestRedirect};
    let said = |error: worker::Error| Failed::Silent(error.to_string());
    let headers = Headers::new();
    headers.set("accept", "application/json").map_err(said)?;
    let mut init = RequestInit::new();
    init.with_headers(headers).with_redirect(RequestRedirect::Manual);
    let request = Request::new_with_init(url, &init).map_err(said)?;
    let mut response = Fetch::Request(request).send().await.map_err(said)?;
    if response.status_code() != 200 {
        return Err(Failed::Absent(format!("it was answered with {}", response.status_code())));
    }
    let body = response.bytes().await.map_err(said)?;
    if body.len() as u64 > LARGEST {
        return Err(Failed::Absent(format!("it is over {LARGEST} bytes")));
    }
    serde_json::from_slice(&body).map_err(|error| Failed::Absent(format!("it is no JSON: {error}")))
}
