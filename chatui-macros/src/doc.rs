//! Doc comments → the text that the model reads.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// A text known now, or put together by rustc where the docs contain a macro such as `include_str!`.
pub(crate) struct Doc(Vec<Line>);

enum Line {
    Text(String),
    Macro(Expr),
}

impl Doc {
    pub(crate) fn of(attrs: &[Attribute]) -> Self {
        let lines = attrs.iter().filter_map(|attr| match &attr.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => Some(match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Line::Text(text.value()),
                other => Line::Macro(other.clone()),
            }),
            _ => None,
        });
        Doc(lines.collect())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|line| matches!(line, Line::Text(text) if text.trim().is_empty()))
    }

    fn text(&self) -> Option<String> {
        let lines: Option<Vec<String>> =
            self.0.iter().map(|line| if let Line::Text(text) = line { Some(plain(text)) } else { None }).collect();
        Some(lines?.join("\n").trim().to_owned())
    }
}

/// One comment without what only its writer sees: the space behind `///`, and of `/** */` the stars and the indentation.
fn plain(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let [first, others @ ..] = lines.as_slice() else { return String::new() };
    // A text that begins at once stands in `#[doc = "…"]`.
    if others.is_empty() || first.starts_with(|letter: char| !letter.is_whitespace()) {
        return text.strip_prefix(' ').unwrap_or(text).trim_end().to_owned();
    }
    let starred = others.iter().map(|line| line.trim_start()).all(|line| line.is_empty() || line.starts_with('*'));
    let others = others.iter().map(|line| if starred { line.split_once('*').map_or("", |(_, behind)| behind) } else { line });
    let full = others.clone().filter(|line| !line.trim().is_empty());
    let indent = full.map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    let others = others.map(|line| line.get(indent..).unwrap_or_default().trim_end());
    [first.trim()].into_iter().chain(others).collect::<Vec<_>>().join("\n")
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let Some(text) = self.text() {
            return text.to_tokens(tokens);
        }
        if let [Line::Macro(expr)] = self.0.as_slice() {
            return tokens.extend(quote!(#expr.trim_ascii()));
        }
        let pieces = self.0.iter().map(|line| match line {
            Line::Text(text) => plain(text).to_token_stream(),
            Line::Macro(expr) => expr.to_token_stream(),
        });
        tokens.extend(quote!(::core::concat!(#(#pieces, "\n"),*).trim_ascii()));
    }
}
