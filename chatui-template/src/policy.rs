//! What a template is allowed.

/// What a widget's attribute says about its template.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Policy<'a> {
    /// The origins that it may fetch from.
    pub connect: &'a [&'a str],
    /// The origins of its scripts, styles, images, fonts and media.
    pub resource: &'a [&'a str],
    /// The origins of pages inside it.
    pub frame: &'a [&'a str],
    /// The origins that it may send people to.
    pub redirect: &'a [&'a str],
    /// What it asks the browser for, as MCP Apps spells it: `camera`, `microphone`, `geolocation`, `clipboardWrite`.
    pub permissions: &'a [&'a str],
    /// A folder of the crate whose files are served beside the document: what the template names of them becomes an
    /// address below [`ASSETS`](crate::ASSETS).
    pub assets: Option<&'a str>,
    /// The fields of its data, as scripts read them; `None` where nobody knows them.
    pub fields: Option<&'a [&'a str]>,
    /// Codes of findings and refusals that the author has looked at: false alarms. One of [`CODES`](crate::CODES) each.
    pub allow: &'a [&'a str],
}
