//! A resource as data: what the macro writes about a function that holds something to read.

mod overlap;

use crate::{
    Error, Json,
    access::Access,
    asking::Asks,
    content::Body as Contents,
    icon::Icon,
    item::{Lent, Package, Slot, sorted},
    offer::Offer,
    schema,
    state::Lenders,
    task::{Shared, Task, task},
    tool::Param,
};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};

/// One annotated function.
#[doc(hidden)]
pub struct Resource {
    /// An address, or a template of addresses with `{name}` and `{+name}` (RFC 6570).
    pub uri: &'static str,
    pub name: &'static str,
    pub title: &'static str,
    pub about: &'static str,
    pub package: Package,
    pub place: &'static str,
    pub params: &'static [Slot],
    pub lent: &'static [Lent],
    pub mime: &'static str,
    pub access: Access,
    pub icon: Option<&'static str>,
    /// For whom it is; all where nobody is named.
    pub audience: &'static [&'static str],
    pub priority: Option<f64>,
    /// How it asks its user, where it says that it does.
    pub asks: Option<&'static Asks>,
    pub read: for<'a> fn(Reading<'a>) -> Task<'a, Read>,
    /// Sorts all resources and makes their entries. Called through data, so that an app without resources has nothing of it.
    pub entries: fn(&mut Vec<&'static Resource>, &mut Vec<String>) -> Vec<Entry>,
}

/// What the macro fills in.
#[doc(hidden)]
pub const RESOURCE: Resource = Resource {
    uri: "",
    name: "",
    title: "",
    about: "",
    package: Package { name: "", version: "", is_root: false },
    place: "",
    params: &[],
    lent: &[],
    mime: "",
    access: Access::Unsaid,
    icon: None,
    audience: &[],
    priority: None,
    asks: None,
    read: |_| task(async { Ok(None) }),
    entries,
};

inventory::collect!(Resource);

/// A resource with what is known of it at start.
#[doc(hidden)]
pub struct Entry {
    pub(crate) resource: &'static Resource,
    pub(crate) offers: Vec<Offer>,
    /// Whether any of them offers something.
    pub(crate) completes: bool,
    /// What `resources/list` says of it or, with a template for an address, `resources/templates/list`.
    pub(crate) listed: Box<RawValue>,
}

fn entries(resources: &mut Vec<&'static Resource>, mistakes: &mut Vec<String>) -> Vec<Entry> {
    *resources = sorted(std::mem::take(resources), |resource| (resource.uri, resource.place));
    mistakes.extend(overlap::mistakes(resources));
    resources.iter().filter_map(|resource| Entry::new(resource)).collect()
}

impl Entry {
    fn new(resource: &'static Resource) -> Option<Self> {
        // Of variables only what their types know is asked for: nobody sees a schema of them.
        let checks = schema::input(resource.params, None);
        let offers = checks.map(|checks| Offer::all(resource.params, &checks)).unwrap_or_default();
        Some(Entry { resource, completes: offers.iter().any(Offer::is_some), offers, listed: to_raw_value(&Listed::of(resource)).ok()? })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    #[serde(skip_serializing_if = "Option::is_none")]
    uri: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_template: Option<&'static str>,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    mime_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    icons: Option<[Icon<'static>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    annotations: Option<Annotations>,
}

/// For whom it is, and how much it matters (MCP, `Annotations`).
#[derive(Serialize)]
struct Annotations {
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    audience: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    priority: Option<f64>,
}

impl Listed {
    fn of(resource: &'static Resource) -> Self {
        let Resource { uri, name, title, about: description, mime: mime_type, icon, audience, priority, .. } = *resource;
        let (uri, uri_template) = if resource.is_template() { (None, Some(uri)) } else { (Some(uri), None) };
        let annotations = (!audience.is_empty() || priority.is_some()).then_some(Annotations { audience, priority });
        Listed { uri, uri_template, name, title, description, mime_type, icons: icon.map(Icon::of), annotations }
    }
}

/// What a read comes to. `None`: there is nothing at this address.
pub(crate) type Read = Result<Option<Found>, Error>;

/// What stands at an address.
#[doc(hidden)]
pub struct Found(pub(crate) Contents);

/// How a function's answer becomes the contents of a resource.
#[doc(hidden)]
pub struct Body<T> {
    pub mime: &'static str,
    pub make: fn(T) -> Read,
}

/// Asked once, at the function's return type.
pub const fn body<T: IntoBody>() -> Body<T> {
    Body { mime: T::MIME, make: T::into_body }
}

/// What a resource can hold.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the contents of a #[resource]",
    label = "not contents",
    note = "return a `String` for text, a `Vec<u8>` for bytes, `Json<{Self}>` for data, or an `Option` or `Result` of one of them"
)]
pub trait IntoBody: Sized {
    /// The type where `mime = "…"` says no other.
    const MIME: &'static str;

    fn into_body(self) -> Read;
}

#[diagnostic::do_not_recommend]
impl IntoBody for String {
    const MIME: &'static str = "text/plain";

    fn into_body(self) -> Read {
        Ok(Some(Found(Contents::Text(self))))
    }
}

#[diagnostic::do_not_recommend]
impl IntoBody for &'static str {
    const MIME: &'static str = "text/plain";

    fn into_body(self) -> Read {
        self.to_owned().into_body()
    }
}

#[diagnostic::do_not_recommend]
impl IntoBody for Vec<u8> {
    const MIME: &'static str = "application/octet-stream";

    fn into_body(self) -> Read {
        Ok(Some(Found(Contents::bytes(self))))
    }
}

#[diagnostic::do_not_recommend]
impl IntoBody for &'static [u8] {
    const MIME: &'static str = "application/octet-stream";

    fn into_body(self) -> Read {
        Ok(Some(Found(Contents::bytes(self))))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoBody for Json<T> {
    const MIME: &'static str = "application/json";

    fn into_body(self) -> Read {
        serde_json::to_string(&self.0)?.into_body()
    }
}

/// `None`: there is nothing at this address.
#[diagnostic::do_not_recommend]
impl<T: IntoBody> IntoBody for Option<T> {
    const MIME: &'static str = T::MIME;

    fn into_body(self) -> Read {
        self.map_or(Ok(None), T::into_body)
    }
}

#[diagnostic::do_not_recommend]
impl<T: IntoBody, E: Into<Error>> IntoBody for Result<T, E> {
    const MIME: &'static str = T::MIME;

    fn into_body(self) -> Read {
        self.map_err(Into::into)?.into_body()
    }
}

/// One read: the variables of the address and what the app lends.
#[doc(hidden)]
pub struct Reading<'a> {
    pub(crate) variables: &'a [(&'static str, String)],
    pub(crate) lenders: Lenders<'a>,
    /// Cleared by a variable that can't be read: an address with it holds nothing.
    pub(crate) fits: &'a mut bool,
}

impl<'a> Reading<'a> {
    /// Takes a variable: as a string, or where the type wants no string as the number or the word that it spells.
    pub fn take<T>(&mut self, param: &Param<T>) -> Result<T, Error> {
        let key = param.slot.key;
        let text = self.variables.iter().find(|(name, _)| *name == key).map(|(_, text)| text.as_str());
        let quoted = text.and_then(|text| serde_json::to_string(text).ok());
        let value = param.value(quoted.as_deref()).or_else(|why| text.ok_or(why).and_then(|text| param.value(Some(text))));
        value.map_err(|why| {
            *self.fits = false;
            Error::tell(why)
        })
    }

    pub fn check(&self) -> Result<(), Error> {
        if *self.fits { Ok(()) } else { Err(Error::tell("nothing is here")) }
    }

    pub fn lend<T: ?Sized + Shared>(&self) -> Result<&'a T, Error> {
        self.lenders.lend()
    }
}

impl Resource {
    /// Whether the address is a template.
    pub(crate) fn is_template(&self) -> bool {
        self.uri.contains('{')
    }

    /// The variables of an address that the template fits.
    pub(crate) fn variables(&self, uri: &str) -> Option<Vec<(&'static str, String)>> {
        let mut variables = Vec::new();
        let (mut template, mut uri) = (self.uri, uri);
        while let Some((before, after)) = template.split_once('{') {
            let (name, behind) = after.split_once('}')?;
            uri = uri.strip_prefix(before)?;
            // Up to the text that follows: the last variable takes all it can, those before it as little as they must.
            let text = behind.split('{').next().unwrap_or_default();
            let end = if behind.contains('{') { uri.find(text)? } else { uri.strip_suffix(text)?.len() };
            let (value, rest) = uri.split_at(end);
            let (name, reserved) = name.strip_prefix('+').map_or((name, false), |name| (name, true));
            if value.is_empty() || (!reserved && value.contains('/')) {
                return None;
            }
            variables.push((name, decode(value)?));
            (template, uri) = (behind, rest);
        }
        (uri == template).then_some(variables)
    }
}

/// Undoes percent-encoding.
pub(crate) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        rest = others;
        match (first, others) {
            (b'%', [high, low, behind @ ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
                rest = behind;
            }
            (b'%', _) => return None,
            (byte, _) => bytes.push(*byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::{RESOURCE, Resource};

    fn variables(template: &'static str, uri: &str) -> Option<Vec<(&'static str, String)>> {
        let resource = Resource { uri: template, ..RESOURCE };
        resource.variables(uri)
    }

    #[test]
    fn templates_fit_addresses() {
        assert_eq!(variables("notes://{id}", "notes://7"), Some(vec![("id", "7".into())]));
        assert_eq!(variables("notes://{id}/raw", "notes://a%20b/raw"), Some(vec![("id", "a b".into())]));
        assert_eq!(variables("a://{x}-{y}", "a://1-2"), Some(vec![("x", "1".into()), ("y", "2".into())]));
        assert_eq!(variables("files://{+path}", "files://a/b.txt"), Some(vec![("path", "a/b.txt".into())]));
        assert_eq!(variables("files://{+path}/raw", "files://a/raw/b/raw"), Some(vec![("path", "a/raw/b".into())]));
        assert_eq!(variables("notes://{name}.md", "notes://notes.md.md"), Some(vec![("name", "notes.md".into())]));
        for other in ["notes://", "notes://a/b", "note://7", "notes://%zz", "notes://%"] {
            assert_eq!(variables("notes://{id}", other), None, "{other}");
        }
    }
}
