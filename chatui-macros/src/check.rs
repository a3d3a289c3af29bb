//! What was written → what is legal. Every mistake is collected, each on the token that has to change.

mod access;
mod arg;
mod fields;
mod prompt;
mod resource;
mod rules;
mod secret;
mod tool;
mod widget;

pub(crate) use prompt::prompt;
pub(crate) use resource::resource;
pub(crate) use tool::tool;
pub(crate) use widget::widget;

use crate::{
    attr::Args,
    errors::Errors,
    item::{Function, derives, is_data},
    model::{App, Data},
};
use chatui_template::nearest;
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    DeriveInput, FnArg, GenericArgument, GenericParam, Generics, LitStr, Path, PathArguments, ReturnType, Type, TypeReference,
    ext::IdentExt, parse_quote,
};

pub(crate) fn data(args: &Args, item: &DeriveInput, errors: &mut Errors) -> Option<Data> {
    if let syn::Data::Union(data) = &item.data {
        errors.at(data.union_token, "#[data] belongs on a struct or an enum; nobody can tell which field of a union holds");
    }
    for path in derives(&item.attrs).iter().filter(|path| is_data(path)) {
        errors.at(path, "#[data] derives this already; remove it here");
    }
    Some(Data { krate: krate(args, errors), has: Vec::new(), asked: fields::asked_of(item) })
}

pub(crate) fn app(args: &Args, item: &Function, errors: &mut Errors) -> Option<App> {
    let sig = &item.sig;
    plain_fn(item, "#[app]", errors);
    no_generics(&sig.generics, "an #[app] fn can't be generic; there is one app", errors);
    let mut lent = Vec::new();
    for input in &sig.inputs {
        let borrowed = match input {
            FnArg::Typed(parameter) => match &*parameter.ty {
                Type::Reference(reference) if reference.mutability.is_none() => Some((parameter, &*reference.elem)),
                _ => None,
            },
            FnArg::Receiver(_) => None,
        };
        let Some((parameter, ty)) = borrowed else {
            errors.at(input, "an #[app] fn takes nothing, or on Workers `env: &worker::Env`; open what it needs in its body");
            continue;
        };
        if let Some(attr) = parameter.attrs.iter().find(|attr| attr.path().is_ident("arg")) {
            errors.at(attr, "#[arg] is for what the model sends to a #[tool]; remove it");
        }
        lent.push(ty.clone());
    }
    if matches!(sig.output, ReturnType::Default) {
        errors.at(&sig.ident, "an #[app] fn returns the app; write `-> App` or `-> Result<App>`");
    }
    Some(App {
        krate: krate(args, errors),
        ident: sig.ident.clone(),
        is_async: sig.asyncness.is_some(),
        not_for: said(args, "not_for", errors),
        lent,
        output: output(&sig.output, errors),
    })
}

/// Where chatui is, if that means the same in every place.
fn krate(args: &Args, errors: &mut Errors) -> Path {
    let path = args.krate();
    let first = path.segments.first().map(|segment| segment.ident.unraw().to_string()).unwrap_or_default();
    if path.leading_colon.is_none() && first != "crate" {
        let instead = match first.as_str() {
            "self" | "super" => "one that starts with `crate::`".to_owned(),
            _ => format!("`::{}`, or one that starts with `crate::`", path.to_token_stream().to_string().replace(' ', "")),
        };
        errors.at(&path, format!("`crate` takes a path that means the same everywhere; write {instead}"));
    }
    path
}

/// What no attribute of ours can stand on.
fn plain_fn(item: &Function, attribute: &str, errors: &mut Errors) {
    let sig = &item.sig;
    if item.body.to_string() == ";" {
        errors.at(&sig.ident, format!("{attribute} belongs on a free function with a body; move it out of the trait"));
    }
    if let syn::Safety::Unsafe(token) = &sig.safety {
        errors.at(token, format!("{attribute} fns are called by the runtime, which can't keep an unsafe contract; make it safe"));
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
    let ReturnType::Type(_, ty) = output else { return parse_quote!(()) };
    let borrow = |ty: &Type| matches!(ty, Type::Reference(TypeReference { lifetime, .. }) if lifetime.as_ref().is_none_or(|name| name.ident != "static"));
    if let Some(ty) = part(ty, &|ty| matches!(ty, Type::ImplTrait(_))) {
        errors.at(ty, "`impl Trait` has no schema; write the type that comes back");
    } else if let Some(ty) = part(ty, &borrow) {
        errors.at(ty, "what comes back outlives the call; write an owned type, like `String` for `&str`");
    }
    (**ty).clone()
}

/// A type without the invisible parentheses of a `macro_rules!` and the visible ones of a person.
fn peeled(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => peeled(&group.elem),
        Type::Paren(paren) => peeled(&paren.elem),
        other => other,
    }
}

/// The first part of a type that is of a kind, or all of it.
fn part<'a>(ty: &'a Type, wanted: &dyn Fn(&Type) -> bool) -> Option<&'a Type> {
    let ty = peeled(ty);
    if wanted(ty) {
        return Some(ty);
    }
    match ty {
        Type::Path(path) => {
            let arguments = path.path.segments.iter().filter_map(|segment| match &segment.arguments {
                PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
                _ => None,
            });
            let mut types =
                arguments.flatten().filter_map(|argument| if let GenericArgument::Type(ty) = argument { Some(ty) } else { None });
            types.find_map(|ty| part(ty, wanted))
        }
        Type::Tuple(tuple) => tuple.elems.iter().find_map(|ty| part(ty, wanted)),
        Type::Array(array) => part(&array.elem, wanted),
        Type::Slice(slice) => part(&slice.elem, wanted),
        _ => None,
    }
}

/// The codes of what the author has looked at and found right.
fn allow(args: &Args, known: &[&str], errors: &mut Errors) -> Vec<String> {
    for code in args.texts("allow") {
        let name = code.value();
        if known.contains(&name.as_str()) {
            continue;
        }
        let instead = match nearest(&name, known.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("the codes here are {}", known.iter().map(|code| format!("\"{code}\"")).collect::<Vec<_>>().join(", ")),
        };
        errors.at(code, format!("there is no code \"{name}\"; {instead}"));
    }
    args.texts("allow").iter().map(LitStr::value).collect()
}

/// What users say, each once.
fn said(args: &Args, key: &str, errors: &mut Errors) -> Vec<LitStr> {
    let texts = args.texts(key);
    for (at, text) in texts.iter().enumerate() {
        let value = text.value();
        if value.trim().is_empty() {
            errors.at(text, format!("nothing is said in `{key}`; write it as a user says it"));
        } else if texts[..at].iter().any(|other| other.value() == value) {
            errors.at(text, format!("\"{value}\" is in `{key}` twice; keep one"));
        }
    }
    texts.to_vec()
}

/// The name under which hosts know an item. They take no other names: a dot or a 65th letter can make one refuse the
/// whole server.
fn name(given: Option<&LitStr>, ident: &Ident, default: String, errors: &mut Errors) -> String {
    let name = given.map_or(default, LitStr::value);
    let letters = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let (length, taken) = (1..=64, "1 to 64 of the letters a-z, A-Z, 0-9, `_` and `-`");
    if !length.contains(&name.len()) || !letters(&name) {
        match given {
            Some(given) => errors.at(given, format!("hosts don't take \"{name}\" as a name; write {taken}")),
            None => errors.at(ident, format!("hosts don't take `{name}` as a name; give one with `name = \"…\"`, {taken}")),
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

fn icon(args: &Args, errors: &mut Errors) -> Option<LitStr> {
    let icon = args.text("icon")?;
    let uri = icon.value();
    if !uri.starts_with("https://") && !uri.starts_with("data:image/") {
        errors.at(icon, "hosts load icons from `https://…` or `data:image/…` alone; give one of them");
    }
    Some(icon.clone())
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
