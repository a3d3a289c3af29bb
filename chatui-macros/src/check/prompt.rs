//! `#[prompt]`.

use super::{
    access::access,
    arg::{self, Of},
    icon, krate, name, no_generics, output, plain_fn, title,
    tool::asks,
};
use crate::{attr::Args, doc::Doc, errors::Errors, item::Function, model::Prompt};
use syn::{ReturnType, ext::IdentExt};

pub(crate) fn prompt(args: &Args, item: &Function, errors: &mut Errors) -> Option<Prompt> {
    let sig = &item.sig;
    let ident = &sig.ident;
    let about = Doc::of(&item.attrs);
    if about.is_empty() {
        errors.at(ident, "missing doc comment; people choose this prompt by it, so write `/// …` above");
    }
    plain_fn(item, "#[prompt]", errors);
    no_generics(&sig.generics, "a #[prompt] can't be generic; write the types out", errors);
    asks(args, sig, errors);
    if matches!(sig.output, ReturnType::Default) {
        errors.at(ident, "a #[prompt] returns what is said; write `-> String` for the words of the user, or `-> Vec<Message>`");
    }
    Some(Prompt {
        krate: krate(args, errors),
        ident: ident.clone(),
        name: name(args.text("name"), ident, ident.unraw().to_string(), errors),
        title: title(args, ident, errors),
        about,
        icon: icon(args, errors),
        access: access(args, errors),
        asks: args.key("asks").is_some(),
        is_async: sig.asyncness.is_some(),
        params: arg::params(&sig.inputs, Of::Prompt, errors),
        output: output(&sig.output, errors),
    })
}
