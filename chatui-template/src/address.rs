//! What an address in a template leads to.

use crate::origin::Origin;

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// Nowhere else: a fragment, `data:`, `blob:` and the like.
    Inside,
    /// Into the document, as data of this type.
    Data(String),
    /// `javascript:`.
    Code,
    /// To an origin.
    Remote(Origin),
    /// `//host/…`: to whatever scheme the sandbox has.
    NoScheme(String),
    /// With a scheme that nothing in a widget is loaded by.
    Other(String),
    /// To a file: as it is written, without query and fragment, its `%20` decoded.
    Local(String),
}

impl Address {
    pub(crate) fn of(text: &str) -> Address {
        // Browsers drop these, wherever they stand.
        let text: String = text.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        if text.is_empty() || text.starts_with('#') {
            return Address::Inside;
        }
        if let Some((scheme, rest)) = scheme(&text) {
            return match &*scheme {
                "http" | "https" | "ws" | "wss" => {
                    let rest = rest.trim_start_matches(['/', '\\']);
                    Origin::of(&format!("{scheme}://{rest}")).map_or(Address::Inside, Address::Remote)
                }
                "data" => Address::Data(rest.split([',', ';']).next().unwrap_or_default().trim().to_ascii_lowercase()),
                "javascript" => Address::Code,
                "blob" | "about" | "mailto" | "tel" | "sms" | "ui" => Address::Inside,
                _ => Address::Other(scheme),
            };
        }
        if text.starts_with("//") || text.starts_with("\\\\") {
            return Address::NoScheme(text.trim_start_matches(['/', '\\']).to_owned());
        }
        let path = text.split(['?', '#']).next().unwrap_or_default();
        if path.is_empty() { Address::Inside } else { Address::Local(decoded(path)) }
    }
}

fn scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let good = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    good.then(|| (scheme.to_ascii_lowercase(), rest))
}

fn decoded(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let code = path.get(at + 1..at + 3).filter(|_| *byte == b'%').and_then(|code| u8::from_str_radix(code, 16).ok());
        out.push(code.unwrap_or(*byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

/// The path of a file that is named from `folder`, or from `root` where it starts with `/`; `None` if it leaves the crate.
pub(crate) fn resolve(folder: &str, root: &str, named: &str) -> Option<String> {
    let (folder, named) = named.strip_prefix('/').map_or((folder, named), |below| (root, below));
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in named.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a text is a pattern of the usual template languages, not yet what it will be.
pub(crate) fn has_hole(text: &str) -> bool {
    ["{{", "${", "<%"].iter().any(|opens| text.contains(opens))
}

/// The folder of a path.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::{Address, resolve};

    #[test]
    fn addresses_are_told_apart() {
        let local = |path: &str| Address::Local(path.into());
        let told = [
            ("", Address::Inside),
            ("#a", Address::Inside),
            ("?a", Address::Inside),
            ("blob:x", Address::Inside),
            (" JavaScript:void 0", Address::Code),
            ("java\nscript:1", Address::Code),
            ("data:font/woff2;base64,AA", Address::Data("font/woff2".into())),
            ("//cdn.example.com/x", Address::NoScheme("cdn.example.com/x".into())),
            ("file:///etc/passwd", Address::Other("file".into())),
            ("a%20b.js?v=1#x", local("a b.js")),
            ("./a:b", local("./a:b")),
            ("/assets/a.js", local("/assets/a.js")),
            ("50%off.png", local("50%off.png")),
        ];
        for (text, address) in told {
            assert_eq!(Address::of(text), address, "{text}");
        }
        let Address::Remote(origin) = Address::of("HTTPS:\\\\Cdn.Example.com/x") else { unreachable!() };
        assert_eq!(origin.to_string(), "https://cdn.example.com");
    }

    #[test]
    fn paths_start_where_they_should_and_stay_inside() {
        let resolved = [
            ("web/css", "web", "a.css", Some("web/css/a.css")),
            ("web/css", "web", "../a.css", Some("web/a.css")),
            ("web/css", "web", "/a.css", Some("web/a.css")),
            ("web", "web", "./b/../a.css", Some("web/a.css")),
            ("web", "web", "../../a.css", None),
            ("", "", "a.css", Some("a.css")),
            ("", "", "../a.css", None),
        ];
        for (folder, root, named, path) in resolved {
            assert_eq!(resolve(folder, root, named).as_deref(), path, "{folder} {named}");
        }
    }
}
