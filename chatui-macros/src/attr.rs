//! The vocabulary: every key of every attribute in one table, and the one reader for all of them.

use crate::errors::Errors;
use chatui_template::nearest;
use proc_macro2::{Ident, TokenStream};
use syn::{
    LitStr, Path, Token,
    ext::IdentExt,
    parse::{ParseStream, Parser},
};

pub(crate) struct Vocabulary {
    /// As users write it, for messages.
    pub attribute: &'static str,
    /// Whether a literal without a key may come first.
    first: bool,
    keys: &'static [(&'static str, Takes)],
}

#[derive(Clone, Copy)]
enum Takes {
    Nothing,
    Text,
    TextOrPath,
}

pub(crate) const TOOL: Vocabulary = Vocabulary {
    attribute: "#[tool]",
    first: false,
    keys: &[("read_only", Takes::Nothing), ("writes", Takes::Nothing), ("destructive", Takes::Nothing), ("name", Takes::Text)],
};
pub(crate) const WIDGET: Vocabulary = Vocabulary { attribute: "#[widget]", first: true, keys: &[("text", Takes::TextOrPath)] };
pub(crate) const DATA: Vocabulary = Vocabulary { attribute: "#[data]", first: false, keys: &[] };
pub(crate) const APP: Vocabulary = Vocabulary { attribute: "#[app]", first: false, keys: &[] };

pub(crate) enum Value {
    Nothing,
    Text(LitStr),
    Path(Path),
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

    pub(crate) fn text(&self, key: &str) -> Option<&LitStr> {
        match self.get(key) {
            Some((_, Value::Text(text))) => Some(text),
            _ => None,
        }
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
                Ok((key, _)) if args.get(&key.to_string()).is_some() => errors.at(&key, format!("`{key}` is given twice; keep one")),
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

fn comma(input: ParseStream) -> syn::Result<()> {
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
    let value = match takes {
        Takes::Nothing if input.is_empty() || input.peek(Token![,]) => Value::Nothing,
        Takes::Nothing => return Err(syn::Error::new(key.span(), format!("`{name}` takes no value; write just `{name}`"))),
        Takes::Text if text_follows(input) => text(input)?,
        Takes::Text => return Err(syn::Error::new(key.span(), format!("`{name}` takes a text; write `{name} = \"…\"`"))),
        Takes::TextOrPath if text_follows(input) => text(input)?,
        Takes::TextOrPath if input.peek(Token![=]) => {
            input.parse::<Token![=]>()?;
            let shape = format!("`{name}` takes a text or the path of a function; write `{name} = \"…\"` or `{name} = a_function`");
            Value::Path(input.parse().map_err(|error: syn::Error| syn::Error::new(error.span(), shape))?)
        }
        Takes::TextOrPath => {
            let shape = format!("`{name}` takes a text or the path of a function; write `{name} = \"…\"` or `{name} = a_function`");
            return Err(syn::Error::new(key.span(), shape));
        }
    };
    Ok((key, value))
}

fn text_follows(input: ParseStream) -> bool {
    input.peek(Token![=]) && input.peek2(LitStr)
}

fn text(input: ParseStream) -> syn::Result<Value> {
    input.parse::<Token![=]>()?;
    input.parse().map(Value::Text)
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
