//! What is known of who calls: what the client says of itself, and what the host hints at.

use super::Context;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

/// What a client says of itself: [`Context::client`].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct ClientInfo {
    /// What it is called by programs, like `openai-mcp`.
    pub name: String,
    /// Its version, as it writes it.
    pub version: String,
    /// What it is called by people.
    #[serde(default)]
    pub title: Option<String>,
}

/// Where the user is, as far as a host says: [`Context::location`]. What it does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Location {
    /// Like `Paris`.
    pub city: Option<String>,
    /// A part of the country, like `Île-de-France`.
    pub region: Option<String>,
    /// Like `FR`.
    pub country: Option<String>,
    /// A name of the IANA database, like `Europe/Paris`.
    pub timezone: Option<String>,
    /// In degrees, north is positive.
    #[serde(deserialize_with = "degrees")]
    pub latitude: Option<f64>,
    /// In degrees, east is positive.
    #[serde(deserialize_with = "degrees")]
    pub longitude: Option<f64>,
}

/// Some write them as text.
fn degrees<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<f64>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(text) => text.parse().ok(),
        other => other.as_f64(),
    })
}

/// What the caller says of itself. All of it comes from outside, and anybody can write it: good for a default and for words, never
/// for a decision about who may do what.
impl Context {
    /// The client's name and version. Clients of 2026-07-28 say it with each request, older ones once in a session, which only
    /// stdio has.
    ///
    /// ```
    /// # let cx = chatui::Context::for_tests();
    /// let in_chatgpt = cx.client().is_some_and(|client| client.name == "openai-mcp");
    /// # assert!(!in_chatgpt);
    /// ```
    pub fn client(&self) -> Option<ClientInfo> {
        let said = self.hint("io.modelcontextprotocol/clientInfo");
        #[cfg(not(target_family = "wasm"))]
        let said = said.or_else(|| serde_json::from_value(self.stays()?.client()).ok());
        said
    }

    /// The language that the host speaks with the user, as BCP 47 writes it: `fr-FR`. ChatGPT says it.
    ///
    /// ```
    /// # let cx = chatui::Context::for_tests();
    /// let french = cx.locale().is_some_and(|locale| locale.starts_with("fr"));
    /// # assert!(!french);
    /// ```
    pub fn locale(&self) -> Option<String> {
        self.either("openai/locale", "webplus/i18n")
    }

    /// With what the user sees the conversation: the browser or the app as ChatGPT names it, or else the client that sends the
    /// request (its `User-Agent`).
    ///
    /// ```
    /// # let cx = chatui::Context::for_tests();
    /// let on_a_phone = cx.user_agent().is_some_and(|agent| agent.contains("iPhone") || agent.contains("Android"));
    /// # assert!(!on_a_phone);
    /// ```
    pub fn user_agent(&self) -> Option<String> {
        self.hint("openai/userAgent").or_else(|| self.header("user-agent").map(str::to_owned))
    }

    /// About where the user is. ChatGPT says it.
    ///
    /// ```
    /// # let cx = chatui::Context::for_tests();
    /// let city = cx.location().and_then(|location| location.city).unwrap_or_else(|| "Paris".into());
    /// # assert_eq!(city, "Paris");
    /// ```
    pub fn location(&self) -> Option<Location> {
        self.hint("openai/userLocation")
    }

    /// A name for the user that tells nothing about them, the same in all their conversations. ChatGPT says it. To count calls by
    /// it is all right; whoever is to be known for certain signs in.
    ///
    /// ```
    /// # let cx = chatui::Context::for_tests();
    /// # let mut calls = std::collections::HashMap::new();
    /// // Who says nothing is counted with all who say nothing.
    /// let count: &mut u32 = calls.entry(cx.subject().unwrap_or_default()).or_default();
    /// *count += 1;
    /// # assert_eq!(calls[""], 1);
    /// ```
    pub fn subject(&self) -> Option<String> {
        self.hint("openai/subject")
    }

    /// A name for the conversation that tells nothing about it. ChatGPT says it.
    ///
    /// ```
    /// # let cx = chatui::Context::for_tests();
    /// # let mut shown = std::collections::HashSet::new();
    /// // Once in a conversation, and each time where a host does not say which it is.
    /// let greets = cx.session().is_none_or(|session| shown.insert(session));
    /// # assert!(greets && shown.is_empty());
    /// ```
    pub fn session(&self) -> Option<String> {
        self.hint("openai/session")
    }

    /// A header of the HTTP request, whatever the case of its name. `None` too where it is no text, where the tool is called over
    /// stdio, and for `Authorization` and `Cookie`: what a token says is [`User`](crate::App::auth)'s.
    ///
    /// ```
    /// # let cx = chatui::Context::for_tests();
    /// let language = cx.header("accept-language").unwrap_or("en");
    /// # assert_eq!(language, "en");
    /// ```
    pub fn header(&self, name: &str) -> Option<&str> {
        let is_secret = ["authorization", "cookie", "proxy-authorization"].iter().any(|secret| name.eq_ignore_ascii_case(secret));
        self.headers.as_ref().filter(|_| !is_secret)?.get(name)?.to_str().ok()
    }

    fn either<T: DeserializeOwned>(&self, key: &str, older: &str) -> Option<T> {
        self.hint(key).or_else(|| self.hint(older))
    }
}

#[cfg(test)]
mod tests {
    use super::{ClientInfo, Location};

    #[test]
    fn places_are_read_as_hosts_write_them() {
        let read = |json: &str| serde_json::from_str::<Location>(json).unwrap();
        let place = read(r#"{"city":"Paris","latitude":"48.86","longitude":2.35,"more":1}"#);
        assert_eq!((place.city.as_deref(), place.latitude, place.longitude), (Some("Paris"), Some(48.86), Some(2.35)));
        assert_eq!(read(r#"{"latitude":null,"longitude":[]}"#), Location::default());
    }

    #[test]
    fn a_client_may_have_a_title() {
        let client: ClientInfo = serde_json::from_str(r#"{"name":"x","version":"1","icons":[]}"#).unwrap();
        assert_eq!((client.name.as_str(), client.title), ("x", None));
    }
}
