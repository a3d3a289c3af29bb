//! Files as `data:` addresses.

use base64::{Engine, engine::general_purpose::STANDARD};

/// A file's bytes as an address, with the type that its name or its first bytes tell.
pub(crate) fn data(path: &str, bytes: &[u8]) -> String {
    // A comma at the end would part it from what follows in a `srcset`.
    let end = if bytes.is_empty() { "#" } else { "" };
    format!("data:{};base64,{}{end}", kind(path, bytes), STANDARD.encode(bytes))
}

/// Whether a path ends like that of a font.
pub(crate) fn is_font(path: &str) -> bool {
    ["woff2", "woff", "ttf", "otf", "eot"].contains(&&*ending(path))
}

/// Whether a path ends like something that is shown or played.
pub(crate) fn is_shown(path: &str) -> bool {
    let ending = ending(path);
    KINDS.iter().any(|(known, _)| *known == ending)
}

fn ending(path: &str) -> String {
    path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default()
}

/// The type of a file, as its name tells it.
///
/// ```
/// assert_eq!(chatui_template::media_type("assets/index.js"), "text/javascript");
/// ```
pub fn media_type(path: &str) -> &'static str {
    const TEXTS: [(&str, &str); 7] = [
        ("js", "text/javascript"),
        ("mjs", "text/javascript"),
        ("css", "text/css"),
        ("html", "text/html"),
        ("json", "application/json"),
        ("txt", "text/plain"),
        ("wasm", "application/wasm"),
    ];
    let ending = ending(path);
    TEXTS.iter().find(|(known, _)| *known == ending).map_or_else(|| kind(path, &[]), |(_, kind)| kind)
}

fn kind(path: &str, bytes: &[u8]) -> &'static str {
    let ending = ending(path);
    let named = KINDS.iter().find(|(known, _)| *known == ending).map(|(_, kind)| *kind);
    let signed = || SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)).map(|(_, kind)| *kind);
    named.or_else(signed).unwrap_or("application/octet-stream")
}

const KINDS: &[(&str, &str)] = &[
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("svg", "image/svg+xml"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("apng", "image/apng"),
    ("bmp", "image/bmp"),
    ("ico", "image/x-icon"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("wav", "audio/wav"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("flac", "audio/flac"),
    ("vtt", "text/vtt"),
];

const SIGNATURES: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"<svg", "image/svg+xml"),
    (b"<?xml", "image/svg+xml"),
    (b"RIFF", "image/webp"),
];

#[cfg(test)]
mod tests {
    use super::{data, is_font};

    #[test]
    fn the_type_comes_from_the_name_or_the_first_bytes() {
        assert_eq!(data("a/b.PNG", b"x"), "data:image/png;base64,eA==");
        assert_eq!(data("logo.svg", b"<svg/>"), "data:image/svg+xml;base64,PHN2Zy8+");
        assert_eq!(data("empty.svg", b""), "data:image/svg+xml;base64,#");
        assert!(data("photo", b"\xff\xd8\xff\xe0").starts_with("data:image/jpeg;"));
        assert!(data("thing.bin", b"x").starts_with("data:application/octet-stream;"));
        assert!(is_font("a/inter.WOFF2") && !is_font("woff2"));
    }
}
