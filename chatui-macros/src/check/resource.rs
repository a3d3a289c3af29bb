//! `#[resource]`.

use super::{
    access::access,
    arg::{self, Of},
    icon, krate, name, no_generics, output, plain_fn, rules, title,
    tool::asks,
};
use crate::{
    attr::Args,
    doc::Doc,
    errors::Errors,
    item::Function,
    model::{Number, Owned, Param, Resource},
};
use syn::{LitStr, ext::IdentExt};

pub(crate) fn resource(args: &Args, item: &Function, errors: &mut Errors) -> Option<Resource> {
    let sig = &item.sig;
    let ident = &sig.ident;
    let about = Doc::of(&item.attrs);
    if about.is_empty() {
        errors.at(ident, "missing doc comment; the model and the user know by it what this holds, so write `/// …` above");
    }
    plain_fn(item, "#[resource]", errors);
    no_generics(&sig.generics, "a #[resource] can't be generic; write the types out", errors);
    asks(args, sig, errors);
    let params = arg::params(&sig.inputs, Of::Resource, errors);
    let mime = args.text("mime");
    if let Some(mime) = mime.filter(|mime| !mime.value().contains('/')) {
        errors.at(mime, "a MIME type has two parts; write it like \"text/markdown\"");
    }
    match &args.first {
        Some(uri) => variables(uri, &params, ident, errors),
        None if args.broken => {}
        None => errors.at(ident, "missing address; write it first: #[resource(\"notes://all\")] or #[resource(\"notes://{id}\")]"),
    }
    let resource = Resource {
        krate: krate(args, errors),
        ident: ident.clone(),
        uri: args.first.as_ref().map(LitStr::value).unwrap_or_default(),
        name: name(args.text("name"), ident, ident.unraw().to_string(), errors),
        title: title(args, ident, errors),
        about,
        mime: mime.cloned(),
        icon: icon(args, errors),
        audience: audience(args, errors),
        priority: priority(args, errors),
        access: access(args, errors),
        asks: args.key("asks").is_some(),
        is_async: sig.asyncness.is_some(),
        params,
        output: output(&sig.output, errors),
    };
    args.first.as_ref().map(|_| resource)
}

/// For whom it is (MCP, `Annotations`).
fn audience(args: &Args, errors: &mut Errors) -> Vec<LitStr> {
    let texts = args.texts("audience");
    if let (Some(key), []) = (args.key("audience").filter(|_| !args.broken), texts) {
        errors.at(key, "`audience` names nobody; write \"user\", \"assistant\" or both, or leave it out");
    }
    for (at, text) in texts.iter().enumerate() {
        let value = text.value();
        if !["user", "assistant"].contains(&value.as_str()) {
            errors.at(text, format!("the audience is \"user\" or \"assistant\", and not \"{value}\"; write one of them, or both"));
        } else if texts[..at].iter().any(|other| other.value() == value) {
            errors.at(text, format!("\"{value}\" is given twice; keep one"));
        }
    }
    texts.to_vec()
}

/// How much it matters, 0 to 1 (MCP, `Annotations`).
fn priority(args: &Args, errors: &mut Errors) -> Option<f64> {
    let expr = args.expr("priority")?;
    let priority = rules::number(expr).map(Number::real).filter(|priority| (0.0..=1.0).contains(priority));
    if priority.is_none() {
        errors.at(expr, "`priority` is a number from 0, for what can be left out, to 1, for what is needed; write it like 0.5");
    }
    priority
}

/// Each variable of the address is a parameter, and the other way round.
fn variables(uri: &LitStr, params: &[Param], ident: &proc_macro2::Ident, errors: &mut Errors) {
    let text = uri.value();
    let scheme = text.split("://").next().filter(|scheme| *scheme != text).unwrap_or_default();
    if scheme.is_empty() || !scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)) {
        errors.at(uri, "an address starts with a scheme; write it like \"notes://all\"");
    } else if scheme == "ui" {
        errors.at(uri, "`ui://` belongs to widgets; take a scheme of your own");
    }
    let Some(names) = names(&text) else {
        errors.at(uri, "a variable is a name in braces, with text between it and the next: `notes://{id}`, `files://{+path}`");
        return;
    };
    let owned: Vec<&str> =
        params.iter().filter_map(|param| if let Param::Owned(Owned { key, .. }) = param { Some(key.as_str()) } else { None }).collect();
    for name in names.iter().filter(|name| !owned.contains(&name.as_str())) {
        errors.at(uri, format!("the address has a variable `{name}` that is no parameter; add `{name}: String` to the fn"));
    }
    for key in owned.iter().filter(|key| !names.iter().any(|name| name == *key)) {
        errors.at(ident, format!("the parameter `{key}` is not in the address; write `{{{key}}}` into it, or borrow it from the app"));
    }
}

/// The variables of a URI template of level 1 (`{name}`) or with reserved letters (`{+name}`), RFC 6570.
fn names(uri: &str) -> Option<Vec<String>> {
    let mut names = Vec::new();
    let mut rest = uri;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, behind) = after.split_once('}')?;
        let name = name.strip_prefix('+').unwrap_or(name);
        let plain = !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        if before.contains('}') || !plain || behind.starts_with('{') || names.iter().any(|other| other == name) {
            return None;
        }
        names.push(name.to_owned());
        rest = behind;
    }
    (!rest.contains('}')).then_some(names)
}
