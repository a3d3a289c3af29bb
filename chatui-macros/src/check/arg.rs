//! Parameters: what is owned comes from the model, what is borrowed from the app. And `#[arg]`.

use super::{part, peeled, rules, tool::written};
use crate::{
    attr::{self, ARG, Args},
    doc::Doc,
    errors::Errors,
    item::{cfg, ends_with},
    model::{Owned, Param},
};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{FnArg, LitStr, Meta, Pat, PatType, Token, Type, TypeReference, ext::IdentExt, punctuated::Punctuated};

/// Whose parameters they are.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Of {
    Tool,
    Resource,
    Prompt,
}

impl Of {
    fn attribute(self) -> &'static str {
        match self {
            Of::Tool => "#[tool]",
            Of::Resource => "#[resource]",
            Of::Prompt => "#[prompt]",
        }
    }

    /// Who reads a parameter's name.
    fn reader(self) -> &'static str {
        if self == Of::Prompt { "the user" } else { "the model" }
    }

    /// The keys of `#[arg]` that mean nothing here, and why.
    fn refused(self) -> &'static [(&'static [&'static str], &'static str)] {
        const HEADER: (&[&str], &str) = (&["header"], "is for the arguments of a #[tool], which proxies route by");
        match self {
            Of::Tool => &[(
                &["complete"],
                "is for what a person types: arguments of a #[prompt], variables of a #[resource]; models choose by the schema, so take an enum",
            )],
            // What is sent with a call has a schema; what stands in an address has not.
            Of::Resource => &[
                (
                    &["default", "range", "length", "pattern"],
                    "is for the arguments of a #[tool] or a #[prompt]; look at a variable of the address in the body",
                ),
                HEADER,
            ],
            Of::Prompt => &[HEADER],
        }
    }
}

pub(super) fn params(inputs: &Punctuated<FnArg, Token![,]>, of: Of, errors: &mut Errors) -> Vec<Param> {
    let mut params: Vec<Param> = Vec::new();
    for input in inputs {
        let Some(param) = param(input, of, &params, errors) else { continue };
        params.push(param);
    }
    params
}

fn param(input: &FnArg, of: Of, others: &[Param], errors: &mut Errors) -> Option<Param> {
    let (attribute, reader) = (of.attribute(), of.reader());
    let parameter = match input {
        FnArg::Receiver(receiver) => {
            let receiver = syn::Receiver { attrs: Vec::new(), ..receiver.clone() };
            let instead = "borrow what `self` would hold, `state: &YourState`, and give it with `App::state`";
            errors.at(receiver, format!("a {attribute} is a free function; {instead}"));
            return None;
        }
        FnArg::Typed(parameter) => parameter,
    };
    if let Some(attr) = cfg(&parameter.attrs) {
        errors.at(attr, "a parameter can't depend on #[cfg]: the schema would; put the #[cfg] on two versions of the fn");
    }
    let Pat::Ident(pattern) = &*parameter.pat else {
        errors.at(&parameter.pat, format!("a {attribute} parameter needs a plain name, which {reader} reads; take it apart in the body"));
        return None;
    };
    if let Type::Reference(reference) = peeled(&parameter.ty) {
        if let Some(attr) = parameter.attrs.iter().find(|attr| attr.path().is_ident("arg")) {
            errors.at(attr, "#[arg] is for what the model sends; this comes from the app, remove the attribute");
        }
        return lent(reference, reader, errors).map(Param::Lent);
    }
    let args = arg(parameter, errors);
    for (refused, why) in of.refused() {
        for key in args.among(refused) {
            errors.at(key, format!("`{key}` {why}"));
        }
    }
    owned(parameter, &pattern.ident, &args, others, reader, errors).map(Param::Owned)
}

/// The names are looked at only to refuse what can't be meant.
fn lent(reference: &TypeReference, reader: &str, errors: &mut Errors) -> Option<Type> {
    if reference.mutability.is_some() {
        errors.at(reference, "the app lends `&T`, many calls at once; put what changes behind a Mutex or an atomic in your state");
        return None;
    }
    let collections = ["Vec", "Option", "HashMap", "BTreeMap", "HashSet", "BTreeSet"];
    if let Type::ImplTrait(ty) = peeled(&reference.elem) {
        errors.at(reference, format!("the app lends by type; write `&dyn {}`, and give it with `App::state_dyn`", written(&ty.bounds)));
        return None;
    }
    let instead = match peeled(&reference.elem) {
        Type::Path(path) if ends_with(&path.path, &["str", "String"]) => Some("String".to_owned()),
        Type::Slice(slice) => Some(format!("Vec<{}>", written(&slice.elem))),
        Type::Path(path) if ends_with(&path.path, &collections) => Some(written(path)),
        _ => None,
    };
    if let Some(instead) = instead {
        errors.at(reference, format!("what comes from {reader} is owned; write `{instead}` (a `&T` is what the app lends)"));
        return None;
    }
    if let Some(lifetime) = &reference.lifetime {
        errors.at(lifetime, "what the app lends lasts as long as the call; write `&T` without a lifetime");
        return None;
    }
    Some((*reference.elem).clone())
}

fn owned(parameter: &PatType, ident: &Ident, args: &Args, others: &[Param], reader: &str, errors: &mut Errors) -> Option<Owned> {
    let ty = &*parameter.ty;
    if let Some(ty) = part(ty, &|ty| matches!(ty, Type::ImplTrait(_))) {
        errors.at(ty, format!("`impl Trait` has no schema; write the type that {reader} should send"));
        return None;
    }
    if let Some(ty) = part(ty, &|ty| matches!(ty, Type::Reference(_))) {
        errors.at(
            ty,
            format!(
                "what comes from {reader} is owned in all its parts; write `String` for `&str` (the app lends a `&T` that stands alone)"
            ),
        );
        return None;
    }
    let rules = rules::rules(args, ty, errors);
    let default = rules::default(args, ty, &rules, errors);
    let given = args.text("name");
    let key = given.map_or_else(|| ident.unraw().to_string(), LitStr::value);
    let place: &dyn ToTokens = given.map_or(ident, |given| given);
    let letters = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    if !(1..=64).contains(&key.len()) || !letters {
        let taken = "1 to 64 of the letters a-z, A-Z, 0-9, `_`, `-` and `.`";
        let readers = if reader == "the user" { "hosts" } else { "models" };
        errors.at(place, format!("{readers} don't take \"{key}\" as the name of an argument; write `#[arg(name = \"…\")]` with {taken}"));
    } else if others.iter().any(|other| matches!(other, Param::Owned(other) if other.key == key)) {
        errors.at(place, format!("another parameter is named `{key}` for {reader}; rename one of them"));
    }
    let header = args.text("header").cloned();
    if let Some(header) = &header {
        mirror(header, &key, ty, others, errors);
    }
    let complete = args.path("complete").cloned();
    Some(Owned { key, ty: ty.clone(), about: Doc::of(&parameter.attrs), default, rules, header, complete })
}

/// What clients refuse, and with it the whole tool (MCP 2026-07-28, basic/transports/streamable-http); and what a header gives away.
fn mirror(header: &LitStr, key: &str, ty: &Type, others: &[Param], errors: &mut Errors) {
    let name = header.value();
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let same =
        |other: &&Param| matches!(other, Param::Owned(Owned { header: Some(other), .. }) if other.value().eq_ignore_ascii_case(&name));
    let secrets = ["password", "passphrase", "secret", "token", "api_key", "apikey", "credential"];
    if name.is_empty() || !name.bytes().all(is_token) {
        errors.at(header, "this can't be a part of a header's name; write letters, digits and `-`, like \"Region\"");
    } else if others.iter().any(|other| same(&other)) {
        errors.at(header, format!("another parameter has the header \"{name}\" (their case does not count); give one of them another"));
    }
    if secrets.iter().any(|secret| key.to_ascii_lowercase().contains(secret)) {
        errors.at(header, format!("proxies write headers into their logs, and `{key}` looks like a secret; take `header` away"));
    }
    let not_plain = ["f32", "f64", "Vec", "HashMap", "BTreeMap", "HashSet", "BTreeSet"];
    if let Some(ty) = part(ty, &|ty| matches!(ty, Type::Path(path) if ends_with(&path.path, &not_plain))) {
        errors.at(ty, "only texts, whole numbers and booleans go into a header; take `header` away, or another type");
    }
}

fn arg(parameter: &PatType, errors: &mut Errors) -> Args {
    let mut marks = parameter.attrs.iter().filter(|attr| attr.path().is_ident("arg"));
    let tokens = match marks.next().map(|attr| &attr.meta) {
        Some(Meta::List(list)) => list.tokens.clone(),
        Some(other) => {
            errors.at(other, "#[arg] wants a key; write `#[arg(default = …)]`, or leave it out");
            TokenStream::new()
        }
        None => TokenStream::new(),
    };
    for again in marks {
        errors.at(again, "a parameter has one #[arg]; put the keys together");
    }
    attr::parse(&ARG, tokens, errors)
}
