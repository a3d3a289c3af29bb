//! Tokens that are known by how they start.

use super::{
    Secret,
    shape::{is_mixed, is_random, run},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// A token that starts here.
pub(super) fn at(text: &str, at: usize) -> Option<Secret> {
    // The first two letters of them all: most words are done with here.
    let two = text.as_bytes().get(at..at + 2)?;
    let known: &[&[u8]] = &[
        b"AK", b"AS", b"AI", b"GO", b"Ac", b"Sh", b"sk", b"rk", b"wh", b"gh", b"gi", b"gl", b"hf", b"xo", b"xa", b"np", b"py", b"SG",
        b"do", b"gs", b"ey",
    ];
    if !known.contains(&two) {
        return None;
    }
    let rest = text.get(at..)?;
    if rest.starts_with("eyJ") {
        return web_token(text, at);
    }
    SHAPES.iter().filter(|shape| rest.starts_with(shape.start)).find_map(|shape| shape.matched(text, at))
}

struct Shape {
    kind: &'static str,
    start: &'static str,
    /// What it is made of besides letters and digits.
    more: &'static [u8],
    /// How many of them there are behind the start.
    least: usize,
    most: usize,
    upper: bool,
}

impl Shape {
    const fn new(kind: &'static str, start: &'static str, more: &'static [u8], least: usize, most: usize) -> Self {
        Shape { kind, start, more, least, most, upper: false }
    }

    fn matched(&self, text: &str, at: usize) -> Option<Secret> {
        let from = at + self.start.len();
        let length = run(text, from, self.more, self.most + 1);
        let body = text.get(from..from + length)?;
        let fits = (self.least..=self.most).contains(&length) && (!self.upper || body.bytes().all(|byte| !byte.is_ascii_lowercase()));
        let good = fits && is_mixed(body) && is_random(body);
        good.then_some(Secret { kind: self.kind, at, length: self.start.len() + length })
    }
}

const ANY: usize = 400;
const WORD: &[u8] = b"_-";

/// Letters in a part of a web token.
const LONGEST: usize = 8_192;

/// The longer start of two first.
const SHAPES: &[Shape] = &[
    Shape { upper: true, ..Shape::new("an AWS access key", "AKIA", b"", 16, 16) },
    Shape { upper: true, ..Shape::new("an AWS access key", "ASIA", b"", 16, 16) },
    Shape::new("a Google API key", "AIza", WORD, 35, 35),
    Shape::new("a Google OAuth secret", "GOCSPX-", WORD, 28, 28),
    Shape::new("an Azure storage key", "AccountKey=", b"+/=", 80, 92),
    Shape::new("an Azure access key", "SharedAccessKey=", b"+/=", 40, 92),
    Shape::new("a Stripe key", "sk_live_", b"", 16, ANY),
    Shape::new("a Stripe key", "rk_live_", b"", 16, ANY),
    Shape::new("a Stripe webhook secret", "whsec_", b"+/=", 32, ANY),
    Shape::new("a GitHub token", "ghp_", b"", 36, ANY),
    Shape::new("a GitHub token", "gho_", b"", 36, ANY),
    Shape::new("a GitHub token", "ghu_", b"", 36, ANY),
    Shape::new("a GitHub token", "ghs_", b"", 36, ANY),
    Shape::new("a GitHub token", "ghr_", b"", 36, ANY),
    Shape::new("a GitHub token", "github_pat_", b"_", 50, ANY),
    Shape::new("a GitLab token", "glpat-", b"_-.", 20, ANY),
    Shape::new("an Anthropic key", "sk-ant-", WORD, 32, ANY),
    Shape::new("an OpenAI key", "sk-proj-", WORD, 40, ANY),
    Shape::new("an OpenAI key", "sk-svcacct-", WORD, 40, ANY),
    Shape::new("an OpenAI key", "sk-admin-", WORD, 40, ANY),
    Shape::new("an OpenRouter key", "sk-or-v1-", b"", 40, ANY),
    Shape::new("an OpenAI key", "sk-", b"", 32, ANY),
    Shape::new("a Hugging Face token", "hf_", b"", 30, 60),
    Shape::new("a Slack token", "xoxb-", b"-", 20, ANY),
    Shape::new("a Slack token", "xoxp-", b"-", 20, ANY),
    Shape::new("a Slack token", "xoxa-", b"-", 20, ANY),
    Shape::new("a Slack token", "xoxr-", b"-", 20, ANY),
    Shape::new("a Slack token", "xoxs-", b"-", 20, ANY),
    Shape::new("a Slack token", "xapp-", b"-", 20, ANY),
    Shape::new("an npm token", "npm_", b"", 36, 36),
    Shape::new("a PyPI token", "pypi-", WORD, 80, ANY),
    Shape::new("a SendGrid key", "SG.", b"_-.", 60, 70),
    Shape::new("a DigitalOcean token", "dop_v1_", b"", 64, 64),
    Shape::new("a Groq key", "gsk_", b"", 40, 60),
    Shape::new("an xAI key", "xai-", b"", 60, 90),
];

/// Three parts of base64, of which the first is a header that names an algorithm.
fn web_token(text: &str, at: usize) -> Option<Secret> {
    let part = |at: usize| text.get(at..at + run(text, at, WORD, LONGEST));
    let next = |at: usize| text.get(at..)?.starts_with('.').then_some(at + 1);
    let header = part(at)?;
    let payload_at = next(at + header.len())?;
    let payload = part(payload_at)?;
    let signature_at = next(payload_at + payload.len())?;
    let signature = part(signature_at)?;
    let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let payload = decoded(payload)?;
    // The token of everybody's documentation, and one that is made for browsers.
    let known = payload.contains("\"1234567890\"") || payload.contains("\"role\":\"anon\"");
    let good = decoded(header)?.contains("\"alg\"") && payload.starts_with('{') && signature.len() >= 20 && !known;
    let length = signature_at + signature.len() - at;
    good.then_some(Secret { kind: "a JSON web token", at, length })
}
