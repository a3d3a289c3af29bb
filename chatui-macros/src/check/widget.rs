//! `#[widget]`.

use super::{krate, name, no_generics, title, words};
use crate::{
    attr::{self, Args, CSP, PERMISSIONS, Value},
    doc::Doc,
    errors::Errors,
    item::{cfg, for_writing, serde_word},
    model::{Csp, Field, Template, Text, Widget},
    template,
};
use chatui_template::check_origin;
use proc_macro2::Ident;
use syn::{Fields, ItemStruct, LitStr, ext::IdentExt};

pub(crate) fn widget(args: &Args, item: &ItemStruct, errors: &mut Errors) -> Option<Widget> {
    let ident = &item.ident;
    let about = Doc::of(&item.attrs);
    if about.is_empty() {
        errors.at(ident, "missing doc comment; the model knows by it what the widget shows, so write `/// …` above");
    }
    no_generics(&item.generics, "a #[widget] can't be generic, it has one schema; write the types out", errors);
    if let Some(attr) = serde_word(&item.attrs, "transparent") {
        errors.at(attr, "a widget's data are an object, which `transparent` takes away; remove it");
    }
    let fields = fields(item, errors);
    let text = text(args, ident, &fields, errors);
    let template = template(args, ident, errors);
    let spoken = ident.unraw().to_string();
    Some(Widget {
        krate: krate(args, errors),
        ident: ident.clone(),
        // Addresses and names of resources are written in lower case everywhere else.
        name: name(args.text("name"), ident, words(&spoken).to_lowercase().replace(' ', "_"), errors),
        title: title(args, ident, errors),
        about,
        attrs: for_writing(&item.attrs).collect(),
        fields,
        template: template?,
        text: text?,
        csp: csp(args, errors),
        prefers_border: args.key("prefers_border").is_some(),
        permissions: permissions(args, errors),
    })
}

fn template(args: &Args, ident: &Ident, errors: &mut Errors) -> Option<Template> {
    let loaded = match (&args.first, args.text("html")) {
        (Some(path), None) => template::load(path),
        (None, Some(html)) => template::inline(html),
        (Some(_), Some(html)) => Err(syn::Error::new(html.span(), "the template is given twice, as a path and here; keep one")),
        (None, None) if args.broken => return None,
        (None, None) => Err(syn::Error::new(
            ident.span(),
            "missing template; write its path first, from the folder of Cargo.toml: #[widget(\"widgets/name.html\", …)]",
        )),
    };
    loaded.map_err(|error| errors.push(error)).ok()
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
        let docs = field.attrs.iter().filter(|attr| attr.path().is_ident("doc")).cloned();
        let attrs = docs.chain(for_writing(&field.attrs)).collect();
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

fn csp(args: &Args, errors: &mut Errors) -> Csp {
    let Some(tokens) = args.group("csp") else { return Csp::default() };
    let inner = attr::parse(&CSP, tokens.clone(), errors);
    let mut origins = |key: &str| -> Vec<LitStr> {
        let texts = inner.texts(key);
        for text in texts {
            if let Err(problem) = check_origin(&text.value()) {
                errors.at(text, problem);
            }
        }
        texts.to_vec()
    };
    Csp { connect: origins("connect"), resource: origins("resource"), frame: origins("frame"), redirect: origins("redirect") }
}

fn permissions(args: &Args, errors: &mut Errors) -> Vec<&'static str> {
    let Some(tokens) = args.group("permissions") else { return Vec::new() };
    let inner = attr::parse(&PERMISSIONS, tokens.clone(), errors);
    // As MCP Apps spells them.
    let spelled =
        [("camera", "camera"), ("microphone", "microphone"), ("geolocation", "geolocation"), ("clipboard_write", "clipboardWrite")];
    spelled.into_iter().filter(|(key, _)| inner.key(key).is_some()).map(|(_, spelled)| spelled).collect()
}
