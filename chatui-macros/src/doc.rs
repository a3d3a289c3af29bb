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

    /// The lines without the space behind `///` and the star in front of a `/** */` line.
    fn text(&self) -> Option<String> {
        let mut all = String::new();
        for line in &self.0 {
            let Line::Text(text) = line else { return None };
            let block = text.contains('\n');
            for line in text.lines() {
                let line = if block { line.trim_start().strip_prefix('*').unwrap_or(line) } else { line };
                all.push_str(line.strip_prefix(' ').unwrap_or(line).trim_end());
                all.push('\n');
            }
            if text.is_empty() {
                all.push('\n');
            }
        }
        Some(all.trim().to_owned())
    }
}

impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let Some(text) = self.text() {
            return text.to_tokens(tokens);
        }
        let pieces = self.0.iter().map(|line| match line {
            Line::Text(text) => text.strip_prefix(' ').unwrap_or(text).to_token_stream(),
            Line::Macro(expr) => expr.to_token_stream(),
        });
        tokens.extend(quote!(::core::concat!(#(#pieces, "\n"),*)));
    }
}
