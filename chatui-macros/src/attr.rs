//! The vocabulary: every key of every attribute in one table, and the one reader for all of them.

use crate::errors::Errors;
use chatui_template::nearest;
use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    Expr, ExprArray, ExprLit, Lit, LitStr, Path, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
    parse_quote,
    spanned::Spanned,
    token,
};

pub(crate) struct Vocabulary {
    /// As users write it, for messages.
    pub attribute: &'static str,
    /// What the text without a key that stands first is; none where there is no such text.
    first: Option<&'static str>,
    keys: &'static [(&'static str, Takes)],
    /// Where to say what is often tried here.
    elsewhere: &'static str,
}

/// What stands behind a key.
#[derive(Clone, Copy)]
enum Takes {
    /// `key`
    Nothing,
    /// `key = "…"`
    Text,
    /// `key = "…"` or `key = a::path`
    TextOrPath,
    /// `key = a::path`
    Path,
    /// `key = ["…", …]`, or one text alone
    Texts,
    /// `key = 1..=7`, or another expression that `check` looks at
    Range,
    /// `key = 0.5`, or another expression that `check` looks at
    Number,
    /// `key`, or `key = …`
    MaybeExpr,
    /// `key(…)`
    Group,
}

pub(crate) const TOOL: Vocabulary = Vocabulary {
    attribute: "#[tool]",
    first: None,
    keys: &[
        ("name", Takes::Text),
        ("title", Takes::Text),
        ("read_only", Takes::Nothing),
        ("writes", Takes::Nothing),
        ("destructive", Takes::Nothing),
        ("open_world", Takes::Nothing),
        ("idempotent", Takes::Nothing),
        ("invoking", Takes::Text),
        ("invoked", Takes::Text),
        ("examples", Takes::Texts),
        ("app_only", Takes::Nothing),
        ("model_only", Takes::Nothing),
        ("auth", Takes::Group),
        ("icon", Takes::Text),
        ("allow", Takes::Texts),
        ("meta", Takes::Group),
        ("schema", Takes::Path),
        ("timeout", Takes::Text),
        ("blocking", Takes::Nothing),
        ("asks", Takes::Nothing),
        ("crate", Takes::Path),
    ],
    elsewhere: "",
};
pub(crate) const ARG: Vocabulary = Vocabulary {
    attribute: "#[arg]",
    first: None,
    keys: &[
        ("name", Takes::Text),
        ("default", Takes::MaybeExpr),
        ("range", Takes::Range),
        ("length", Takes::Range),
        ("pattern", Takes::Text),
        ("header", Takes::Text),
        ("complete", Takes::Path),
    ],
    elsewhere: "",
};
pub(crate) const WIDGET: Vocabulary = Vocabulary {
    attribute: "#[widget]",
    first: Some("path of the template"),
    keys: &[
        ("html", Takes::Text),
        ("name", Takes::Text),
        ("title", Takes::Text),
        ("text", Takes::TextOrPath),
        ("csp", Takes::Group),
        ("prefers_border", Takes::Nothing),
        ("permissions", Takes::Group),
        ("bare", Takes::Nothing),
        ("assets", Takes::Text),
        ("allow", Takes::Texts),
        ("crate", Takes::Path),
    ],
    elsewhere: "",
};
pub(crate) const CSP: Vocabulary = Vocabulary {
    attribute: "csp(…)",
    first: None,
    keys: &[("connect", Takes::Texts), ("resource", Takes::Texts), ("frame", Takes::Texts), ("redirect", Takes::Texts)],
    elsewhere: "",
};
pub(crate) const PERMISSIONS: Vocabulary = Vocabulary {
    attribute: "permissions(…)",
    first: None,
    keys: &[
        ("camera", Takes::Nothing),
        ("microphone", Takes::Nothing),
        ("geolocation", Takes::Nothing),
        ("clipboard_write", Takes::Nothing),
    ],
    elsewhere: "",
};
pub(crate) const RESOURCE: Vocabulary = Vocabulary {
    attribute: "#[resource]",
    first: Some("address"),
    keys: &[
        ("name", Takes::Text),
        ("title", Takes::Text),
        ("mime", Takes::Text),
        ("icon", Takes::Text),
        ("audience", Takes::Texts),
        ("priority", Takes::Number),
        ("auth", Takes::Group),
        ("asks", Takes::Nothing),
        ("crate", Takes::Path),
    ],
    elsewhere: "",
};
pub(crate) const PROMPT: Vocabulary = Vocabulary {
    attribute: "#[prompt]",
    first: None,
    keys: &[
        ("name", Takes::Text),
        ("title", Takes::Text),
        ("icon", Takes::Text),
        ("auth", Takes::Group),
        ("asks", Takes::Nothing),
        ("crate", Takes::Path),
    ],
    elsewhere: "",
};
pub(crate) const DATA: Vocabulary =
    Vocabulary { attribute: "#[data]", first: None, keys: &[("crate", Takes::Path)], elsewhere: ", serde's own stand in #[serde(…)]" };
pub(crate) const APP: Vocabulary = Vocabulary {
    attribute: "#[app]",
    first: None,
    keys: &[("not_for", Takes::Texts), ("crate", Takes::Path)],
    elsewhere: ", all else is said in the fn with the methods of `App`",
};

pub(crate) enum Value {
    Nothing,
    Text(LitStr),
    Texts(Vec<LitStr>),
    Path(Path),
    Expr(Expr),
    Group(TokenStream),
}

/// The keys of one attribute as written: known, once each, with a value of their kind.
#[derive(Default)]
pub(crate) struct Args {
    pub first: Option<LitStr>,
    entries: Vec<(Ident, Value)>,
    /// Some key could not be read, so nothing can be said to be missing.
    pub broken: bool,
}

impl Args {
    pub(crate) fn get(&self, key: &str) -> Option<&(Ident, Value)> {
        self.entries.iter().find(|(name, _)| name == key)
    }

    /// The key itself, where it was given: the token to underline, and a flag.
    pub(crate) fn key(&self, key: &str) -> Option<&Ident> {
        self.get(key).map(|(name, _)| name)
    }

    pub(crate) fn text(&self, key: &str) -> Option<&LitStr> {
        self.get(key).and_then(|(_, value)| if let Value::Text(text) = value { Some(text) } else { None })
    }

    pub(crate) fn texts(&self, key: &str) -> &[LitStr] {
        self.get(key).map_or(&[], |(_, value)| if let Value::Texts(texts) = value { texts } else { &[] })
    }

    pub(crate) fn path(&self, key: &str) -> Option<&Path> {
        self.get(key).and_then(|(_, value)| if let Value::Path(path) = value { Some(path) } else { None })
    }

    pub(crate) fn expr(&self, key: &str) -> Option<&Expr> {
        self.get(key).and_then(|(_, value)| if let Value::Expr(expr) = value { Some(expr) } else { None })
    }

    pub(crate) fn group(&self, key: &str) -> Option<&TokenStream> {
        self.get(key).and_then(|(_, value)| if let Value::Group(tokens) = value { Some(tokens) } else { None })
    }

    /// Where chatui is: `::chatui`, unless `crate = …` says otherwise.
    pub(crate) fn krate(&self) -> Path {
        self.path("crate").cloned().unwrap_or_else(|| parse_quote!(::chatui))
    }

    /// Those of `keys` that were given, in the order they were written.
    pub(crate) fn among(&self, keys: &[&str]) -> Vec<&Ident> {
        self.entries.iter().map(|(name, _)| name).filter(|name| keys.iter().any(|key| name == key)).collect()
    }
}

/// Reads what stands in the parentheses. A mistake in one key does not hide the others.
pub(crate) fn parse(vocabulary: &Vocabulary, tokens: TokenStream, errors: &mut Errors) -> Args {
    let mut args = Args::default();
    let read = |input: ParseStream| {
        if vocabulary.first.is_some() && input.peek(LitStr) {
            args.first = Some(input.parse()?);
            args.broken |= !comma(input, errors);
        }
        while !input.is_empty() {
            match entry(vocabulary, &args, input) {
                Ok((key, _)) if args.key(&key.to_string()).is_some() => errors.at(&key, format!("`{key}` is given twice; keep one")),
                Ok(entry) => args.entries.push(entry),
                Err(error) => {
                    args.broken = true;
                    errors.push(error);
                    skip(input);
                }
            }
            args.broken |= !comma(input, errors);
        }
        Ok(())
    };
    if let Err(error) = read.parse2(tokens) {
        args.broken = true;
        errors.push(error);
    }
    args
}

/// Reads the comma between two keys. Where it is missing all up to the next one is passed over.
pub(crate) fn comma(input: ParseStream, errors: &mut Errors) -> bool {
    let found = input.is_empty() || input.peek(Token![,]);
    if !found {
        errors.push(input.error("missing `,`; write one between two keys"));
        skip(input);
    }
    // The comma or the end: nothing else is left.
    drop(input.parse::<Token![,]>());
    found
}

fn skip(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        // Any tree will do; there is one, for the input is not empty.
        if input.parse::<proc_macro2::TokenTree>().is_err() {
            return;
        }
    }
}

fn entry(vocabulary: &Vocabulary, args: &Args, input: ParseStream) -> syn::Result<(Ident, Value)> {
    let Ok(key) = input.call(Ident::parse_any) else {
        return Err(input.error(match vocabulary.first.filter(|_| input.peek(LitStr)) {
            Some(first) if args.first.is_some() => format!("the {first} is given already; keep one"),
            Some(first) => format!("the {first} stands first; move it in front of the keys"),
            None => format!("expected a key; {}", vocabulary.list()),
        }));
    };
    let name = key.to_string();
    let Some((_, takes)) = vocabulary.keys.iter().find(|(known, _)| *known == name) else {
        return Err(syn::Error::new(key.span(), vocabulary.unknown(&name)));
    };
    let value = value(*takes, input).map_err(|place| {
        let place = place.unwrap_or(key.span());
        syn::Error::new(place, takes.wants(&name))
    })?;
    Ok((key, value))
}

/// The value behind a key; if it is of another kind, the place of that, or none where it is missing.
fn value(takes: Takes, input: ParseStream) -> Result<Value, Option<Span>> {
    match takes {
        Takes::Nothing if input.peek(Token![=]) || input.peek(token::Paren) => return Err(None),
        Takes::Nothing => return Ok(Value::Nothing),
        Takes::MaybeExpr if input.is_empty() || input.peek(Token![,]) => return Ok(Value::Nothing),
        Takes::Group if input.peek(token::Paren) => return input.call(group).map(Value::Group).map_err(|error| Some(error.span())),
        _ => {}
    }
    if input.parse::<Token![=]>().is_err() || input.is_empty() || input.peek(Token![,]) {
        return Err(None);
    }
    let place = input.span();
    let wrong = |_| Some(place);
    match takes {
        Takes::Text | Takes::TextOrPath if input.peek(LitStr) => input.parse().map(Value::Text).map_err(wrong),
        Takes::TextOrPath | Takes::Path => input.call(Path::parse_mod_style).map(Value::Path).map_err(wrong),
        Takes::Texts => texts(&input.parse().map_err(wrong)?).map(Value::Texts).map_err(Some),
        Takes::Range | Takes::Number | Takes::MaybeExpr => input.parse().map(Value::Expr).map_err(wrong),
        Takes::Text | Takes::Group | Takes::Nothing => Err(Some(place)),
    }
}

fn group(input: ParseStream) -> syn::Result<TokenStream> {
    let inner;
    syn::parenthesized!(inner in input);
    inner.parse()
}

/// The texts, or the place of what is none.
fn texts(expr: &Expr) -> Result<Vec<LitStr>, Span> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(vec![text.clone()]),
        Expr::Array(ExprArray { elems, .. }) => {
            let all = elems.iter().map(|elem| match elem {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(text.clone()),
                other => Err(other.span()),
            });
            all.collect()
        }
        other => Err(other.span()),
    }
}

impl Takes {
    /// What to write behind a key.
    fn wants(self, name: &str) -> String {
        let (what, example) = match (self, name) {
            (Takes::Nothing, _) => ("no value", format!("just `{name}`")),
            (Takes::Text, "timeout") => ("a time as a text", "`timeout = \"30s\"`".to_owned()),
            (Takes::Text, "html") => ("a text", "`html = \"<!doctype html>…\"`, or the path of a file first".to_owned()),
            (Takes::Text, _) => ("a text", format!("`{name} = \"…\"`")),
            (Takes::TextOrPath, _) => ("a text or the path of a function", format!("`{name} = \"…\"` or `{name} = a_function`")),
            (Takes::Path, "crate") => ("a path", "`crate = ::a::path`".to_owned()),
            (Takes::Path, _) => ("the path of a function", format!("`{name} = a_function`")),
            (Takes::Texts, "allow") => ("codes of findings", "`allow = [\"secret\"]`".to_owned()),
            (Takes::Texts, "examples") => ("what users say", "`examples = [\"Show me the list\"]`".to_owned()),
            (Takes::Texts, "audience") => ("whom it is for", "`audience = [\"user\", \"assistant\"]`, or one of them".to_owned()),
            (Takes::Texts, "not_for") => ("what users say to others", "`not_for = [\"Book a flight\"]`".to_owned()),
            (Takes::Texts, _) => ("texts", format!("`{name} = [\"…\", \"…\"]`")),
            (Takes::Range, "length") => ("the smallest and the largest length", "`length = 1..=20`".to_owned()),
            (Takes::Range, _) => ("the smallest and the largest value", format!("`{name} = 0..=7`")),
            (Takes::Number, _) => ("a number", format!("`{name} = 0.5`")),
            (Takes::MaybeExpr, _) => ("an expression", format!("`{name} = …`, or just `{name}`")),
            (Takes::Group, "csp") => ("lists of origins", "`csp(connect = \"https://api.example.com\")`".to_owned()),
            (Takes::Group, "permissions") => ("what the widget asks for", "`permissions(camera)`".to_owned()),
            (Takes::Group, "auth") => ("who may call", "`auth(none)`, `auth(optional)` or `auth(scopes(\"todo:write\"))`".to_owned()),
            (Takes::Group, _) => ("keys and values", format!("`{name}(\"com.example/key\" = 1)`")),
        };
        format!("`{name}` takes {what}; write {example}")
    }
}

impl Vocabulary {
    fn unknown(&self, name: &str) -> String {
        let Vocabulary { attribute, keys, .. } = self;
        match nearest(name, keys.iter().map(|(key, _)| *key)) {
            Some(near) => format!("unknown {attribute} key `{name}`; did you mean `{near}`?"),
            None => format!("unknown {attribute} key `{name}`; {}", self.list()),
        }
    }

    fn list(&self) -> String {
        let keys: Vec<String> = self.keys.iter().map(|(key, _)| format!("`{key}`")).collect();
        let are = if keys.len() == 1 { "the only key is" } else { "the keys are" };
        format!("{are} {}{}", keys.join(", "), self.elsewhere)
    }
}
