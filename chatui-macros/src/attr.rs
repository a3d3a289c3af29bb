//! The vocabulary: every key of every attribute in one table, and the one reader for all of them.

use crate::errors::Errors;
use chatui_template::nearest;
use proc_macro2::{Ident, TokenStream};
use syn::{
    Expr, ExprArray, ExprLit, Lit, LitStr, Path, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
    token,
};

pub(crate) struct Vocabulary {
    /// As users write it, for messages.
    pub attribute: &'static str,
    /// Whether a literal without a key may come first.
    first: bool,
    keys: &'static [(&'static str, Takes)],
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
    /// `key = 1..=7`, or any other expression
    Expr,
    /// `key`, or `key = …`
    MaybeExpr,
    /// `key(…)`
    Group,
}

pub(crate) const TOOL: Vocabulary = Vocabulary {
    attribute: "#[tool]",
    first: false,
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
        ("app_only", Takes::Nothing),
        ("model_only", Takes::Nothing),
        ("icon", Takes::Text),
        ("meta", Takes::Group),
        ("schema", Takes::Path),
        ("timeout", Takes::Text),
        ("blocking", Takes::Nothing),
        ("crate", Takes::Path),
    ],
};
pub(crate) const ARG: Vocabulary = Vocabulary {
    attribute: "#[arg]",
    first: false,
    keys: &[
        ("name", Takes::Text),
        ("default", Takes::MaybeExpr),
        ("range", Takes::Expr),
        ("length", Takes::Expr),
        ("pattern", Takes::Text),
    ],
};
pub(crate) const WIDGET: Vocabulary = Vocabulary {
    attribute: "#[widget]",
    first: true,
    keys: &[
        ("html", Takes::Text),
        ("name", Takes::Text),
        ("title", Takes::Text),
        ("text", Takes::TextOrPath),
        ("csp", Takes::Group),
        ("prefers_border", Takes::Nothing),
        ("permissions", Takes::Group),
        ("crate", Takes::Path),
    ],
};
pub(crate) const CSP: Vocabulary = Vocabulary {
    attribute: "csp(…)",
    first: false,
    keys: &[("connect", Takes::Texts), ("resource", Takes::Texts), ("frame", Takes::Texts), ("redirect", Takes::Texts)],
};
pub(crate) const PERMISSIONS: Vocabulary = Vocabulary {
    attribute: "permissions(…)",
    first: false,
    keys: &[
        ("camera", Takes::Nothing),
        ("microphone", Takes::Nothing),
        ("geolocation", Takes::Nothing),
        ("clipboard_write", Takes::Nothing),
    ],
};
pub(crate) const RESOURCE: Vocabulary = Vocabulary {
    attribute: "#[resource]",
    first: true,
    keys: &[("name", Takes::Text), ("title", Takes::Text), ("mime", Takes::Text), ("crate", Takes::Path)],
};
pub(crate) const DATA: Vocabulary = Vocabulary { attribute: "#[data]", first: false, keys: &[("crate", Takes::Path)] };
pub(crate) const APP: Vocabulary = Vocabulary { attribute: "#[app]", first: false, keys: &[("crate", Takes::Path)] };

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

    /// Those of `keys` that were given, in the order they were written.
    pub(crate) fn among(&self, keys: &[&str]) -> Vec<&Ident> {
        self.entries.iter().map(|(name, _)| name).filter(|name| keys.iter().any(|key| name == key)).collect()
    }
}

/// Reads what stands in the parentheses. A mistake in one key does not hide the others.
pub(crate) fn parse(vocabulary: &Vocabulary, tokens: TokenStream, errors: &mut Errors) -> Args {
    let mut args = Args::default();
    let read = |input: ParseStream| {
        if vocabulary.first && input.peek(LitStr) {
            args.first = Some(input.parse()?);
            comma(input)?;
        }
        while !input.is_empty() {
            match entry(vocabulary, input) {
                Ok((key, _)) if args.key(&key.to_string()).is_some() => errors.at(&key, format!("`{key}` is given twice; keep one")),
                Ok(entry) => args.entries.push(entry),
                Err(error) => {
                    args.broken = true;
                    errors.push(error);
                    skip(input);
                }
            }
            comma(input)?;
        }
        Ok(())
    };
    if let Err(error) = read.parse2(tokens) {
        args.broken = true;
        errors.push(error);
    }
    args
}

pub(crate) fn comma(input: ParseStream) -> syn::Result<()> {
    if input.is_empty() { Ok(()) } else { input.parse::<Token![,]>().map(|_| ()) }
}

fn skip(input: ParseStream) {
    while !input.is_empty() && !input.peek(Token![,]) {
        // Any tree will do; there is one, for the input is not empty.
        if input.parse::<proc_macro2::TokenTree>().is_err() {
            return;
        }
    }
}

fn entry(vocabulary: &Vocabulary, input: ParseStream) -> syn::Result<(Ident, Value)> {
    let key = input.call(Ident::parse_any)?;
    let name = key.to_string();
    let Some((_, takes)) = vocabulary.keys.iter().find(|(known, _)| *known == name) else {
        return Err(syn::Error::new(key.span(), unknown(vocabulary, &name)));
    };
    let value = value(*takes, input).map_err(|place| {
        let place = place.unwrap_or(key.span());
        syn::Error::new(place, takes.wants(&name))
    })?;
    Ok((key, value))
}

/// The value behind a key; if it is of another kind, the place of that, or none where it is missing.
fn value(takes: Takes, input: ParseStream) -> Result<Value, Option<proc_macro2::Span>> {
    let ends = input.is_empty() || input.peek(Token![,]);
    match takes {
        Takes::Nothing => return if ends { Ok(Value::Nothing) } else { Err(None) },
        Takes::MaybeExpr if ends => return Ok(Value::Nothing),
        Takes::Group if input.peek(token::Paren) => return input.call(group).map(Value::Group).map_err(|error| Some(error.span())),
        _ if !input.peek(Token![=]) => return Err(None),
        _ => input.parse::<Token![=]>().map_err(|error| Some(error.span()))?,
    };
    let place = input.span();
    let wrong = |_| Some(place);
    match takes {
        Takes::Text | Takes::TextOrPath if input.peek(LitStr) => input.parse().map(Value::Text).map_err(wrong),
        Takes::TextOrPath | Takes::Path => input.call(Path::parse_mod_style).map(Value::Path).map_err(wrong),
        Takes::Texts => texts(&input.parse().map_err(wrong)?).map(Value::Texts).ok_or(Some(place)),
        Takes::Expr | Takes::MaybeExpr => input.parse().map(Value::Expr).map_err(wrong),
        _ => Err(Some(place)),
    }
}

fn group(input: ParseStream) -> syn::Result<TokenStream> {
    let inner;
    syn::parenthesized!(inner in input);
    inner.parse()
}

fn texts(expr: &Expr) -> Option<Vec<LitStr>> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(vec![text.clone()]),
        Expr::Array(ExprArray { elems, .. }) => {
            let all =
                elems.iter().map(|elem| if let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = elem { Some(text.clone()) } else { None });
            all.collect()
        }
        _ => None,
    }
}

impl Takes {
    /// What to write behind a key.
    fn wants(self, name: &str) -> String {
        match self {
            Takes::Nothing => format!("`{name}` takes no value; write just `{name}`"),
            Takes::Text => format!("`{name}` takes a text; write `{name} = \"…\"`"),
            Takes::TextOrPath => {
                format!("`{name}` takes a text or the path of a function; write `{name} = \"…\"` or `{name} = a_function`")
            }
            Takes::Path => format!("`{name}` takes a path; write `{name} = ::a::path`"),
            Takes::Texts => format!("`{name}` takes texts; write `{name} = [\"…\", \"…\"]`"),
            Takes::Expr if name == "range" => "`range` takes the smallest and the largest value; write `range = 0..=7`".to_owned(),
            Takes::Expr => format!("`{name}` takes the smallest and the largest number; write `{name} = 1..=20`"),
            Takes::MaybeExpr => format!("`{name}` takes an expression; write `{name} = …`, or just `{name}`"),
            Takes::Group => format!("`{name}` takes a list; write `{name}(…)`"),
        }
    }
}

fn unknown(vocabulary: &Vocabulary, name: &str) -> String {
    let Vocabulary { attribute, keys, .. } = vocabulary;
    let known: Vec<&str> = keys.iter().map(|(key, _)| *key).collect();
    let list = known.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ");
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("unknown {attribute} key `{name}`; did you mean `{near}`?"),
        None if known.is_empty() => format!("unknown {attribute} key `{name}`; it takes none"),
        None => format!("unknown {attribute} key `{name}`; the keys are {list}"),
    }
}
