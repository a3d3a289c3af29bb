//! The small picture that hosts show beside a name.

use serde::Serialize;

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Icon<'a> {
    src: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mime_type: Option<&'a str>,
}

impl<'a> Icon<'a> {
    pub(crate) fn of(src: &'a str) -> [Self; 1] {
        let data = src.strip_prefix("data:").and_then(|rest| rest.split([';', ',']).next());
        let file =
            [(".png", "image/png"), (".svg", "image/svg+xml"), (".webp", "image/webp"), (".jpg", "image/jpeg"), (".jpeg", "image/jpeg")];
        let file = file.into_iter().find(|(ending, _)| src.ends_with(ending)).map(|(_, mime)| mime);
        [Icon { src, mime_type: data.or(file) }]
    }
}
