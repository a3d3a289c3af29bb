//! `#[widget]`.

use super::{
    allow,
    fields::{asked_of, written_of},
    krate, name, title, words,
};
use crate::{
    attr::{self, Args, CSP, PERMISSIONS, Value},
    doc::Doc,
    errors::Errors,
    item::{Shown, cfg, for_writing, serde_word},
    model::{Csp, Field, Template, Text, Widget},
    template,
};
use chatui_template::{CODES, Policy, check_origin};
use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Data, Fields, LitStr, ext::IdentExt};

pub(crate) fn widget(args: &Args, Shown(item): &Shown, errors: &mut Errors) -> Option<Widget> {
    let ident = &item.ident;
    let about = Doc::of(&item.attrs);
    if about.is_empty() {
        errors.at(ident, "missing doc comment; the model knows by it what the widget shows, so write `/// …` above");
    }
    if !item.generics.params.is_empty() {
        errors.at(&item.generics, "a #[widget] can't be generic, it has one schema and owns what it shows; write the types out");
    }
    for word in ["transparent", "into"] {
        if let Some(word) = serde_word(&item.attrs, word) {
            errors.at(&word, format!("a widget's data are its fields, which `{}` replaces; remove it", word.to_token_stream()));
        }
    }
    let fields = fields(&item.data, ident, errors);
    let text = text(args, ident, &fields, errors);
    let (csp, permissions) = (csp(args, errors), permissions(args, errors));
    let allow = allow(args, CODES, errors);
    let written = written_of(item);
    let template = template(args, ident, &csp, &permissions, written.as_deref(), &allow, errors);
    let spoken = ident.unraw().to_string();
    // Addresses and names of resources are written in lower case everywhere else.
    let name = name(args.text("name"), ident, words(&spoken).to_lowercase().replace(' ', "_"), errors);
    let (krate, title) = (krate(args, errors), title(args, ident, errors));
    Some(Widget {
        krate,
        ident: ident.clone(),
        name,
        title,
        about,
        attrs: for_writing(&item.attrs).collect(),
        fields,
        asked: asked_of(item),
        written: written.unwrap_or_default(),
        template: template?,
        text: text?,
        csp,
        prefers_border: args.key("prefers_border").is_some(),
        permissions,
        assets: args.text("assets").map(LitStr::value),
        bare: args.key("bare").is_some(),
        allow,
    })
}

fn template(
    args: &Args,
    ident: &Ident,
    csp: &Csp,
    permissions: &[&str],
    fields: Option<&[String]>,
    allow: &[String],
    errors: &mut Errors,
) -> Option<Template> {
    let texts = |origins: &[LitStr]| origins.iter().map(LitStr::value).collect::<Vec<_>>();
    let lists = [&csp.connect, &csp.resource, &csp.frame, &csp.redirect].map(|origins| texts(origins));
    let [connect, resource, frame, redirect] = lists.each_ref().map(|texts| texts.iter().map(String::as_str).collect::<Vec<_>>());
    let allow: Vec<&str> = allow.iter().map(String::as_str).collect();
    let assets = args.text("assets").map(LitStr::value);
    let assets = assets.as_deref();
    let fields = fields.map(|fields| fields.iter().map(String::as_str).collect::<Vec<_>>());
    let fields = fields.as_deref();
    let policy =
        Policy { connect: &connect, resource: &resource, frame: &frame, redirect: &redirect, permissions, assets, fields, allow: &allow };
    let loaded = match (&args.first, args.text("html")) {
        (Some(path), None) => template::load(path, &policy),
        (None, Some(html)) => template::inline(html, &policy),
        (Some(_), Some(html)) => Err(vec![syn::Error::new(html.span(), "the template is given twice, as a path and here; keep one")]),
        (None, None) if args.broken => return None,
        (None, None) => {
            if let Some(bare) = args.key("bare") {
                let instead = "name a template of yours, or remove the key";
                errors.at(bare, format!("`bare` takes away the style that a widget without a template is drawn in; {instead}"));
            }
            if let Some(assets) = args.key("assets") {
                errors.at(assets, "`assets` are what a template names; name a template too, or remove the key");
            }
            Ok(Template { document: None, place: None, files: Vec::new(), assets: None, span: ident.span() })
        }
    };
    loaded.map_err(|all| all.into_iter().for_each(|error| errors.push(error))).ok()
}

fn fields(data: &Data, ident: &Ident, errors: &mut Errors) -> Vec<Field> {
    let Data::Struct(syn::DataStruct { fields: Fields::Named(named), .. }) = data else {
        errors.at(ident, "#[widget] belongs on a struct with named fields; the template reads them by name");
        return Vec::new();
    };
    let mut fields = Vec::new();
    for field in &named.named {
        let Some(ident) = &field.ident else { continue };
        if let Some(attr) = cfg(&field.attrs) {
            errors
                .at(attr, "a field of a #[widget] can't depend on #[cfg]: the schema would; put the #[cfg] on two versions of the struct");
        }
        let ui_only = ui_only(field, errors);
        let docs = field.attrs.iter().filter(|attr| attr.path().is_ident("doc")).cloned();
        let attrs = docs.chain(for_writing(&field.attrs)).collect();
        fields.push(Field { ident: ident.clone(), ty: field.ty.clone(), attrs, ui_only });
    }
    fields
}

fn ui_only(field: &syn::Field, errors: &mut Errors) -> bool {
    let mut marks = field.attrs.iter().filter(|attr| attr.path().is_ident("ui_only"));
    let Some(mark) = marks.next() else { return false };
    if mark.meta.require_path_only().is_err() {
        errors.at(&mark.meta, "`#[ui_only]` takes nothing; write just `#[ui_only]`");
    }
    for again in marks {
        errors.at(again, "#[ui_only] is given twice; keep one");
    }
    if let Some(word) = serde_word(&field.attrs, "flatten") {
        errors.at(word, "a #[ui_only] field can't be flattened, the template finds it by its name; remove one of both");
    }
    if let Some(word) = serde_word(&field.attrs, "skip").or_else(|| serde_word(&field.attrs, "skip_serializing")) {
        errors.at(word, "a skipped field is sent to nobody, a #[ui_only] one to the template; remove one of both");
    }
    true
}

fn text(args: &Args, ident: &Ident, fields: &[Field], errors: &mut Errors) -> Option<Text> {
    match args.get("text") {
        Some((_, Value::Text(format))) => {
            let names = names_in(&format.value());
            let named: Vec<&Field> = fields.iter().filter(|field| names.contains(&field.ident.unraw().to_string())).collect();
            for Field { ident, .. } in named.iter().filter(|field| field.ui_only) {
                errors.at(format, format!("`{ident}` is #[ui_only], and the model reads `text`; leave it out, or drop the #[ui_only]"));
            }
            Some(Text::Format { format: format.clone(), fields: named.iter().map(|field| field.ident.clone()).collect() })
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

/// The names that a format string captures, and some that only look so.
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
