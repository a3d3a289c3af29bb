//! Keys and passwords in what every client is sent.

use crate::errors::Errors;
use chatui_template::find_secret;
use proc_macro2::{TokenStream, TokenTree};
use syn::LitStr;

/// The code under which a false alarm is allowed.
pub(super) const CODE: &str = "secret";

/// Looks at every text in `tokens`. `what` is where they stand.
pub(super) fn refuse(tokens: TokenStream, what: &str, errors: &mut Errors) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => refuse(group.stream(), what, errors),
            TokenTree::Literal(literal) => {
                let Ok(text) = syn::parse2::<LitStr>(TokenTree::Literal(literal).into()) else { continue };
                if let Some(secret) = find_secret(&text.value()) {
                    let kind = secret.kind;
                    errors.at(
                        text,
                        format!("this looks like {kind}, and {what} is sent to every client; read it from the environment, or say `allow = \"{CODE}\"` where it is none"),
                    );
                }
            }
            _ => {}
        }
    }
}
