//! What was written → what is legal. Every mistake is collected, each on the token that has to change.

mod arg;
mod resource;
mod tool;
mod widget;

pub(crate) use resource::resource;
pub(crate) use tool::tool;
pub(crate) use widget::widget;

use crate::{
    attr::Args,
    errors::Errors,
    item::{derives, ends_with},
    model::{App, Data},
};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{DeriveInput, FnArg, GenericParam, Generics, ItemFn, LitStr, Path, ReturnType, Signature, Type, ext::IdentExt, parse_quote};

pub(crate) fn data(args: &Args, item: &DeriveInput, errors: &mut Errors) -> Option<Data> {
    for path in derives(&item.attrs) {
        if ends_with(&path, &["Serialize", "Deserialize", "JsonSchema"]) {
            errors.at(&path, "#[data] derives this already; remove it here");
        }
    }
    Some(Data { krate: krate(args, errors) })
}

pub(crate) fn app(args: &Args, item: &ItemFn, errors: &mut Errors) -> Option<App> {
    let sig = &item.sig;
    plain_fn(sig, "#[app]", errors);
    no_generics(&sig.generics, "an #[app] fn can't be generic; there is one app", errors);
    let mut lent = Vec::new();
    for input in &sig.inputs {
        let borrowed = match input {
            FnArg::Typed(parameter) => match &*parameter.ty {
                Type::Reference(reference) if reference.mutability.is_none() => Some(&*reference.elem),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        };
        match borrowed {
            Some(ty) => lent.push(ty.clone()),
            None => errors.at(input, "an #[app] fn takes nothing, or on Workers `env: &worker::Env`; open what it needs in its body"),
        }
    }
    if matches!(sig.output, ReturnType::Default) {
        errors.at(&sig.ident, "an #[app] fn returns the app; write `-> App` or `-> Result<App>`");
    }
    Some(App { krate: krate(args, errors), ident: sig.ident.clone(), is_async: sig.asyncness.is_some(), lent })
}

/// Where chatui is: `::chatui`, unless `crate = …` says otherwise.
fn krate(args: &Args, errors: &mut Errors) -> Path {
    let Some(path) = args.path("crate") else { return parse_quote!(::chatui) };
    let first = path.segments.first().map(|segment| segment.ident.unraw().to_string());
    if path.leading_colon.is_none() && first.as_deref() != Some("crate") {
        let written = path.to_token_stream().to_string().replace(' ', "");
        errors.at(
            path,
            format!("`crate` takes a path that means the same everywhere; write `::{written}`, or one that starts with `crate::`"),
        );
    }
    path.clone()
}

/// What no attribute of ours can stand on.
fn plain_fn(sig: &Signature, attribute: &str, errors: &mut Errors) {
    if let syn::Safety::Unsafe(token) = &sig.safety {
        errors.at(token, format!("a {attribute} fn is called by the runtime, which can't keep an unsafe contract; make it safe"));
    }
    if let Some(variadic) = &sig.variadic {
        errors.at(variadic, format!("a {attribute} fn can't be variadic"));
    }
}

fn no_generics(generics: &Generics, message: &str, errors: &mut Errors) {
    let Some(first) = generics.params.first() else { return };
    match first {
        // A borrow that names it is told what to write instead.
        GenericParam::Lifetime(_) if generics.type_params().next().is_none() => {}
        _ => errors.at(generics, message),
    }
}

/// What a fn answers with.
fn output(output: &ReturnType, errors: &mut Errors) -> Type {
    match output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, ty) => {
            if let Type::ImplTrait(ty) = &**ty {
                errors.at(ty, "`impl Trait` has no schema; write the type that comes back");
            }
            (**ty).clone()
        }
    }
}

/// The name under which hosts know an item. They take no other names: a dot or a 65th letter can make one refuse the
/// whole server.
fn name(given: Option<&LitStr>, ident: &Ident, default: String, errors: &mut Errors) -> String {
    let name = given.map_or(default, LitStr::value);
    let letters = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if !(1..=64).contains(&name.len()) || !letters(&name) {
        let message = format!("`{name}` can't be a name here; hosts take 1 to 64 of the letters a-z, A-Z, 0-9, `_` and `-`");
        match given {
            Some(given) => errors.at(given, message),
            None => errors.at(ident, format!("{message}: give one with `name = \"…\"`")),
        }
    }
    name
}

fn title(args: &Args, ident: &Ident, errors: &mut Errors) -> String {
    match args.text("title") {
        Some(title) if title.value().trim().is_empty() => {
            errors.at(title, "the title is empty; write it, or leave the key out for the identifier in words");
            String::new()
        }
        Some(title) => title.value(),
        None => words(&ident.unraw().to_string()),
    }
}

/// `show_weather`, `ShowWeather` → "Show weather".
fn words(ident: &str) -> String {
    let mut words = String::new();
    let mut previous = '_';
    for letter in ident.chars() {
        if letter == '_' || (letter.is_uppercase() && previous.is_lowercase()) {
            words.push(' ');
        }
        if letter != '_' {
            words.extend(letter.to_lowercase());
        }
        previous = letter;
    }
    let words = words.trim();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
