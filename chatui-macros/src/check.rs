//! What was written → what is legal. Every mistake is collected, each on the token that has to change.

use crate::{
    attr::{Args, Value},
    doc::Doc,
    errors::Errors,
    item::{cfg, derives, ends_with, is_serde, serde_word},
    model::{App, Data, Effect, Field, Param, Text, Tool, Widget},
    template,
};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    DeriveInput, Fields, FnArg, GenericParam, Generics, ItemFn, ItemStruct, LitStr, Pat, PatType, ReturnType, Signature, Type,
    TypeReference, ext::IdentExt, parse_quote,
};

pub(crate) fn tool(args: &Args, item: &ItemFn, errors: &mut Errors) -> Option<Tool> {
    let sig = &item.sig;
    let ident = &sig.ident;
    let about = Doc::of(&item.attrs);
    if about.is_empty() {
        errors.at(ident, "missing doc comment; the model decides by it when to call this tool, so write `/// Use this when …` above");
    }
    let effect = effect(args, ident, errors);
    plain_fn(sig, "#[tool]", errors);
    no_generics(&sig.generics, "a #[tool] can't be generic, it has one schema; write the types out", errors);
    let name = tool_name(args.text("name"), ident, errors);
    let params = sig.inputs.iter().filter_map(|input| param(input, errors)).collect();
    let output = output(&sig.output, errors);
    let title = words(&ident.unraw().to_string());
    Some(Tool { ident: ident.clone(), name, title, about, effect: effect?, is_async: sig.asyncness.is_some(), params, output })
}

fn effect(args: &Args, ident: &Ident, errors: &mut Errors) -> Option<Effect> {
    let given = args.among(&["read_only", "writes", "destructive"]);
    let Some((first, others)) = given.split_first() else {
        let ways = "#[tool(read_only)], #[tool(writes)] or #[tool(destructive)]";
        // A key that could not be read may have been the effect.
        if !args.broken {
            errors.at(ident, format!("missing effect; say what the tool does to the world: {ways}"));
        }
        return None;
    };
    for other in others {
        errors.at(other, format!("`{other}` contradicts `{first}`; a tool has exactly one effect, keep the stronger one"));
    }
    Some(match first.to_string().as_str() {
        "read_only" => Effect::ReadOnly,
        "writes" => Effect::Writes,
        _ => Effect::Destructive,
    })
}

/// Hosts take no other names: a dot or a 65th letter can make one refuse the whole server.
fn tool_name(given: Option<&LitStr>, ident: &Ident, errors: &mut Errors) -> String {
    let name = given.map_or_else(|| ident.unraw().to_string(), LitStr::value);
    let letters = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if !(1..=64).contains(&name.len()) || !letters(&name) {
        let message = format!("`{name}` can't be a tool's name; hosts take 1 to 64 of the letters a-z, A-Z, 0-9, `_` and `-`");
        match given {
            Some(given) => errors.at(given, message),
            None => errors.at(ident, format!("{message}: give one with `name = \"…\"`")),
        }
    }
    name
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
        GenericParam::Lifetime(_) if generics.type_params().next().is_none() => {
            errors.at(generics, "no lifetime is needed here; what the app lends is written `&T`");
        }
        _ => errors.at(generics, message),
    }
}

fn param(input: &FnArg, errors: &mut Errors) -> Option<Param> {
    let parameter = match input {
        FnArg::Receiver(receiver) => {
            errors.at(
                receiver,
                "a #[tool] is a free function; borrow what `self` would hold, `state: &YourState`, and give it with `App::state`",
            );
            return None;
        }
        FnArg::Typed(parameter) => parameter,
    };
    if let Some(attr) = cfg(&parameter.attrs) {
        errors.at(attr, "a parameter can't depend on #[cfg]: the schema would; put the #[cfg] on two versions of the fn");
    }
    let Pat::Ident(pattern) = &*parameter.pat else {
        errors.at(&parameter.pat, "a #[tool] parameter needs a plain name, which the model reads; take it apart in the body");
        return None;
    };
    match &*parameter.ty {
        Type::Reference(reference) => lent(reference, errors).map(Param::Lent),
        Type::ImplTrait(ty) => {
            errors.at(ty, "`impl Trait` has no schema; write the type that the model should send");
            None
        }
        ty => Some(owned(parameter, pattern.ident.unraw().to_string(), ty)),
    }
}

fn owned(parameter: &PatType, key: String, ty: &Type) -> Param {
    Param::Owned { key, ty: ty.clone(), about: Doc::of(&parameter.attrs) }
}

/// What a tool borrows comes from the app. The names are looked at only to refuse what can't be meant.
fn lent(reference: &TypeReference, errors: &mut Errors) -> Option<Type> {
    if reference.mutability.is_some() {
        errors.at(reference, "the app lends `&T`, many calls at once; put what changes behind a Mutex or an atomic in your state");
        return None;
    }
    let instead = match &*reference.elem {
        Type::Path(path) if ends_with(&path.path, &["str", "String"]) => Some("String".to_owned()),
        Type::Slice(slice) => Some(format!("Vec<{}>", slice.elem.to_token_stream())),
        Type::Path(path) if ends_with(&path.path, &["Vec", "Option", "HashMap", "BTreeMap", "HashSet", "BTreeSet"]) => {
            Some(path.to_token_stream().to_string().replace(' ', ""))
        }
        _ => None,
    };
    if let Some(instead) = instead {
        errors.at(reference, format!("what comes from the model is owned; write `{instead}` (a `&T` is what the app lends)"));
        return None;
    }
    if let Some(lifetime) = &reference.lifetime {
        errors.at(lifetime, "what the app lends lasts as long as the call; write `&T` without a lifetime");
        return None;
    }
    Some((*reference.elem).clone())
}

fn output(output: &ReturnType, errors: &mut Errors) -> Type {
    match output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, ty) => {
            if let Type::ImplTrait(ty) = &**ty {
                errors.at(ty, "`impl Trait` has no schema; write the type that the tool answers with");
            }
            (**ty).clone()
        }
    }
}

pub(crate) fn widget(args: &Args, item: &ItemStruct, errors: &mut Errors) -> Option<Widget> {
    let ident = &item.ident;
    let about = Doc::of(&item.attrs);
    if about.is_empty() {
        errors.at(ident, "missing doc comment; the model knows by it what the widget shows, so write `/// …` above");
    }
    no_generics(&item.generics, "a #[widget] can't be generic, it has one schema; write the types out", errors);
    let fields = fields(item, errors);
    let text = text(args, ident, &fields, errors);
    let template = match &args.first {
        Some(path) => template::load(path).map_err(|error| errors.push(error)).ok(),
        None if args.broken => None,
        None => {
            errors.at(ident, "missing template; write its path first, from the folder of Cargo.toml: #[widget(\"widgets/name.html\", …)]");
            None
        }
    };
    let spoken = ident.unraw().to_string();
    Some(Widget {
        ident: ident.clone(),
        name: words(&spoken).to_lowercase().replace(' ', "_"),
        title: words(&spoken),
        about,
        attrs: item.attrs.iter().filter(|attr| is_serde(attr)).cloned().collect(),
        fields,
        template: template?,
        text: text?,
    })
}

fn fields(item: &ItemStruct, errors: &mut Errors) -> Vec<Field> {
    if !matches!(item.fields, Fields::Named(_)) {
        errors.at(&item.ident, "a #[widget] needs named fields; the template reads them by name");
    }
    let mut fields = Vec::new();
    for field in &item.fields {
        let Some(ident) = &field.ident else { continue };
        let mark = field.attrs.iter().find(|attr| attr.path().is_ident("ui_only"));
        if let Some(attr) = cfg(&field.attrs) {
            errors
                .at(attr, "a field of a #[widget] can't depend on #[cfg]: the schema would; put the #[cfg] on two versions of the struct");
        }
        if let Some(mark) = mark {
            if let Err(error) = mark.meta.require_path_only() {
                errors.push(syn::Error::new(error.span(), "`#[ui_only]` takes nothing; write just `#[ui_only]`"));
            }
            if let Some(attr) = serde_word(&field.attrs, "flatten") {
                errors.at(attr, "a #[ui_only] field can't be flattened; the template finds it by its name");
            }
        }
        let attrs = field.attrs.iter().filter(|attr| is_serde(attr) || attr.path().is_ident("doc")).cloned().collect();
        fields.push(Field { ident: ident.clone(), ty: field.ty.clone(), attrs, ui_only: mark.is_some() });
    }
    fields
}

fn text(args: &Args, ident: &Ident, fields: &[Field], errors: &mut Errors) -> Option<Text> {
    match args.get("text") {
        Some((_, Value::Text(format))) => {
            let names = names_in(&format.value());
            for field in fields.iter().filter(|field| field.ui_only && names.iter().any(|name| field.ident == name)) {
                let name = &field.ident;
                errors.at(format, format!("`{name}` is #[ui_only], and the model reads `text`; leave it out, or drop the #[ui_only]"));
            }
            Some(Text::Format(format.clone()))
        }
        Some((_, Value::Path(path))) => Some(Text::Function(path.clone())),
        _ if args.broken => None,
        _ => {
            errors
                .at(ident, "missing `text`, which hosts that draw nothing show; write `text = \"{field} …\"` with the fields that matter");
            None
        }
    }
}

/// The names that a format string captures.
fn names_in(format: &str) -> Vec<String> {
    let plain = format.replace("{{", "").replace("}}", "");
    let holes = plain.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    let inner = holes.flat_map(|hole| hole.split([':', '$', '.', '<', '>', '^', '+']));
    inner.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

pub(crate) fn data(_: &Args, item: &DeriveInput, errors: &mut Errors) -> Option<Data> {
    for path in derives(&item.attrs) {
        if ends_with(&path, &["Serialize", "Deserialize", "JsonSchema"]) {
            errors.at(&path, "#[data] derives this already; remove it here");
        }
    }
    Some(Data)
}

pub(crate) fn app(_: &Args, item: &ItemFn, errors: &mut Errors) -> Option<App> {
    let sig = &item.sig;
    plain_fn(sig, "#[app]", errors);
    no_generics(&sig.generics, "an #[app] fn can't be generic; there is one app", errors);
    let mut lent = Vec::new();
    for input in &sig.inputs {
        match input {
            FnArg::Typed(parameter)
                if let Type::Reference(reference) = &*parameter.ty
                    && reference.mutability.is_none() =>
            {
                lent.push((*reference.elem).clone());
            }
            other => errors.at(other, "an #[app] fn takes nothing, or on Workers `env: &worker::Env`; open what it needs in its body"),
        }
    }
    if matches!(sig.output, ReturnType::Default) {
        errors.at(&sig.ident, "an #[app] fn returns the app; write `-> App` or `-> Result<App>`");
    }
    Some(App { ident: sig.ident.clone(), is_async: sig.asyncness.is_some(), lent })
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
