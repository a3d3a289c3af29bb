//! `auth(…)`: who may call.

use crate::{
    attr::{Args, comma},
    errors::Errors,
    model::Access,
};
use chatui_template::nearest;
use syn::{
    Ident, LitStr, Token,
    ext::IdentExt,
    parenthesized,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
    token::Paren,
};

const WORDS: [&str; 3] = ["none", "optional", "scopes"];
const WAYS: &str = "write `auth(none)`, `auth(optional)` or `auth(scopes(\"todo:write\"))`";

/// What stands in the parentheses.
#[derive(Default)]
struct Said {
    none: Option<Ident>,
    optional: Option<Ident>,
    scopes: Option<(Ident, Vec<LitStr>)>,
}

pub(super) fn access(args: &Args, errors: &mut Errors) -> Access {
    let Some(group) = args.group("auth") else { return Access::Unsaid };
    let mut said = Said::default();
    let mut broken = false;
    let read = |input: ParseStream| {
        while !input.is_empty() {
            word(input, &mut said, errors)?;
            comma(input, errors);
        }
        Ok(())
    };
    if let Err(error) = read.parse2(group.clone()) {
        broken = true;
        errors.push(error);
    }
    match said {
        Said { none: Some(none), optional, scopes } => {
            if let Some(other) = optional.or(scopes.map(|(key, _)| key)) {
                errors.at(none, format!("`none` lets anybody call it and asks for nothing, so `{other}` can't stand beside it; keep one"));
            }
            Access::Anyone
        }
        Said { optional: Some(_), scopes, .. } => Access::Optional(scopes.map(|(_, scopes)| scopes)),
        Said { scopes: Some((_, scopes)), .. } => Access::Signed(scopes),
        Said { .. } => {
            if let Some(key) = args.key("auth").filter(|_| !broken) {
                errors.at(key, format!("`auth()` says nothing; {WAYS}"));
            }
            Access::Unsaid
        }
    }
}

fn word(input: ParseStream, said: &mut Said, errors: &mut Errors) -> syn::Result<()> {
    let Ok(word) = input.call(Ident::parse_any) else { return Err(input.error(format!("`auth` takes words; {WAYS}"))) };
    let name = word.to_string();
    let twice = match &*name {
        "none" => said.none.replace(word.clone()).is_some(),
        "optional" => said.optional.replace(word.clone()).is_some(),
        "scopes" if input.peek(Paren) => said.scopes.replace((word.clone(), scopes(input, errors)?)).is_some(),
        "scopes" => return Err(syn::Error::new(word.span(), "`scopes` takes texts; write `scopes(\"todo:write\")`")),
        _ => {
            let near = nearest(&name, WORDS).map_or_else(|| WAYS.to_owned(), |near| format!("did you mean `{near}`?"));
            return Err(syn::Error::new(word.span(), format!("unknown word `{name}` in `auth`; {near}")));
        }
    };
    if twice {
        errors.at(word, format!("`{name}` is given twice; keep one"));
    }
    Ok(())
}

fn scopes(input: ParseStream, errors: &mut Errors) -> syn::Result<Vec<LitStr>> {
    let inner;
    parenthesized!(inner in input);
    let wrong = |error: syn::Error| syn::Error::new(error.span(), "`scopes` takes texts; write `scopes(\"todo:read\", \"todo:write\")`");
    let scopes: Vec<LitStr> = Punctuated::<LitStr, Token![,]>::parse_terminated(&inner).map_err(wrong)?.into_iter().collect();
    for (at, scope) in scopes.iter().enumerate() {
        let text = scope.value();
        // RFC 6749, 3.3.
        let legal = |byte: u8| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~');
        if text.is_empty() || !text.bytes().all(legal) {
            errors.at(
                scope,
                format!(
                    "`{text}` is no scope, which is visible ASCII without quotes and backslashes, and not empty; write each scope as a text of its own"
                ),
            );
        } else if text == "offline_access" {
            errors.at(scope, "`offline_access` is between the client and the authorization server; leave it out");
        } else if scopes[..at].iter().any(|other| other.value() == text) {
            errors.at(scope, format!("`{text}` is given twice; keep one"));
        }
    }
    Ok(scopes)
}
