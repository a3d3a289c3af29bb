//! `#[widget]`: two views for serde, the descriptor, and the impl that ties them to the user's struct.

use super::{JSON_SCHEMA, SERIALIZE, asked, derives, local};
use crate::{
    item::serde_word,
    model::{Csp, Field, Place, Template, Text, Widget},
};
use chatui_template::{Document, Finding, Level, is_local};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ext::IdentExt, spanned::Spanned};

/// The code under which addresses of this machine are allowed.
const LOCAL: &str = "localhost";

pub(crate) fn widget(widget: &Widget) -> TokenStream {
    let Widget { krate, ident, name, title, about, fields, template, .. } = widget;
    let (hidden, shown): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.ui_only);
    let asked = asked(&quote!(__chatui), &widget.asked);
    let model = view("__ChatuiModel", widget, &shown, &[SERIALIZE, JSON_SCHEMA]);
    let [generator, serializer] = ["generator", "serializer"].map(local);
    let (hidden_view, hides, write_hidden) = if hidden.is_empty() {
        (None, None, None)
    } else {
        let write = quote! {
            fn hidden_schema(#generator: &mut __chatui::SchemaGenerator) -> __chatui::Option<__chatui::Schema> {
                __chatui::Some(#generator.subschema_for::<__ChatuiHidden>())
            }
            fn hidden<S: __chatui::Serializer>(&self, #serializer: S) -> __chatui::Result<S::Ok, S::Error> {
                __ChatuiHidden::serialize(self, #serializer)
            }
        };
        let view = view("__ChatuiHidden", widget, &hidden, &[SERIALIZE, JSON_SCHEMA]);
        (
            Some(view),
            Some(quote!(
                const HIDES: bool = true;
            )),
            Some(write),
        )
    };
    let text = text(widget);
    // So that a change of anything that was read rebuilds the crate.
    let beside = template.assets.iter().flatten().map(|(_, file)| file);
    let tracked = template.files.iter().chain(beside).map(|file| {
        quote!(
            const _: &[u8] = ::core::include_bytes!(#file);
        )
    });
    let tracked: TokenStream = tracked.collect();
    let unshippable = unshippable(widget);
    let template = self::template(widget);
    let shown_how = shown_how(widget);
    quote! {
        #[allow(clippy::all, unused_imports, unused_variables, deprecated)]
        const _: () = {
            use #krate::__private::{self as __chatui, Unwritten as _};
            #tracked
            #unshippable
            #asked
            #model
            #hidden_view
            static __CHATUI_WIDGET: __chatui::Widget = __chatui::Widget {
                name: #name,
                title: #title,
                about: #about,
                package: __chatui::package!(),
                place: __chatui::place!(),
                template: #template,
                #shown_how
                ..__chatui::WIDGET
            };
            #[automatically_derived]
            impl __chatui::Draw for #ident {
                const WIDGET: &'static __chatui::Widget = &__CHATUI_WIDGET;
                #hides
                fn schema(#generator: &mut __chatui::SchemaGenerator) -> __chatui::Schema {
                    #generator.subschema_for::<__ChatuiModel>()
                }
                fn model<S: __chatui::Serializer>(&self, #serializer: S) -> __chatui::Result<S::Ok, S::Error> {
                    __ChatuiModel::serialize(self, #serializer)
                }
                #write_hidden
                fn text(&self) -> __chatui::String {
                    #text
                }
            }
        };
    }
}

/// Some of the fields, as serde's derive for a remote type: it reads them from the widget itself. The user's own
/// `Serialize`, if there is one, would carry `#[ui_only]` fields to the model.
fn view(name: &str, widget: &Widget, fields: &[&Field], traits: &[(&str, &str)]) -> TokenStream {
    let Widget { ident, attrs, .. } = widget;
    let name = format_ident!("{name}");
    let has = |of: &str| traits.iter().any(|(other, _)| *other == of);
    let copied = |attrs: &[syn::Attribute]| -> TokenStream {
        let copied = attrs.iter().filter(|attr| !attr.path().is_ident("schemars") || has("schemars"));
        quote!(#(#copied)*)
    };
    let fields = fields.iter().map(|Field { ident, ty, attrs, .. }| {
        let attrs = copied(attrs);
        quote!(#attrs #ident: #ty)
    });
    let remote = ident.to_string();
    // A tag is the struct's name.
    let unraw = ident.unraw().to_string();
    let rename = (serde_word(attrs, "tag").is_some() && serde_word(attrs, "rename").is_none()).then(|| quote!(, rename = #unraw));
    let derives = derives(&quote!(__chatui), traits, &quote!(, remote = #remote #rename));
    let attrs = copied(attrs);
    quote! {
        #derives
        #attrs
        struct #name { #(#fields),* }
    }
}

fn text(Widget { ident, text, .. }: &Widget) -> TokenStream {
    match text {
        Text::Format { format, fields } => {
            let taken = (!fields.is_empty()).then(|| quote!(let #ident { #(#fields,)* .. } = self;));
            quote!(#taken ::std::format!(#format))
        }
        Text::Function(path) => quote_spanned!(path.span()=> __chatui::text(#path(self))),
    }
}

fn template(widget: &Widget) -> TokenStream {
    let Widget { ident, bare, written, template: Template { document, place, assets, .. }, .. } = widget;
    // A Worker's are uploaded beside it; natively they are part of the program.
    let assets = assets.as_ref().map(|assets| {
        let folder = widget.assets.as_deref().unwrap_or_default();
        let version = document.as_ref().map_or("", |document| &document.version);
        let files = assets.iter().map(|(path, file)| quote!((#path, ::core::include_bytes!(#file))));
        quote! {
            assets: __chatui::Some(__chatui::Assets {
                folder: #folder,
                version: #version,
                files: if ::core::cfg!(target_family = "wasm") { &[] } else { &[#(#files),*] },
            }),
        }
    });
    let style = bare.then(|| quote!(style: "",));
    let Some(Document { before, after, .. }) = document else {
        return quote!(__chatui::card(<#ident as __chatui::Draw>::schema));
    };
    let place = place.as_ref().map(|Place { root, path }| {
        // No path of the machine that builds is shipped.
        quote!(path: #path, root: if ::core::cfg!(debug_assertions) { #root } else { "" },)
    });
    let fields = (!written.is_empty()).then(|| quote!(fields: __chatui::for_dev!(#(#written),*),));
    quote!(__chatui::Template { before: #before, after: #after, #place #style #assets #fields ..__chatui::TEMPLATE })
}

/// What is right while developing and must not be shipped. Only the compiler of the item knows which of both it is.
fn unshippable(widget: &Widget) -> TokenStream {
    let allowed = widget.allow.iter().any(|code| code == LOCAL);
    let findings = widget.template.document.iter().flat_map(|document| &document.findings);
    let findings = findings.filter(|finding| finding.level == Level::Release);
    let findings = findings.map(|finding| (widget.template.span, finding.message.clone()));
    let Csp { connect, resource, frame, redirect } = &widget.csp;
    let local = [connect, resource, frame, redirect].into_iter().flatten().filter(|origin| !allowed && is_local(&origin.value()));
    let local = local.map(|origin| {
        let why = "is this machine or a tunnel to it, which nobody else reaches; leave it out of a release build";
        (origin.span(), format!("`{}` {why}, or say `allow = \"{LOCAL}\"`", origin.value()))
    });
    let all = findings.chain(local).map(|(span, message)| {
        quote_spanned! {span=>
            #[cfg(not(debug_assertions))]
            ::core::compile_error!(#message);
        }
    });
    all.collect()
}

fn shown_how(widget: &Widget) -> TokenStream {
    let Csp { connect, resource, frame, redirect } = &widget.csp;
    let named = [("connect", connect), ("resource", resource), ("frame", frame), ("redirect", redirect)];
    let lists = named.iter().filter(|(_, origins)| !origins.is_empty()).map(|(name, origins)| {
        let name: Ident = format_ident!("{name}");
        quote!(#name: &[#(#origins),*],)
    });
    let lists: Vec<TokenStream> = lists.collect();
    let csp = (!lists.is_empty()).then(|| quote!(csp: __chatui::Csp { #(#lists)* ..__chatui::CSP },));
    let border = widget.prefers_border.then(|| quote!(prefers_border: true,));
    let permissions = &widget.permissions;
    let permissions = (!permissions.is_empty()).then(|| quote!(permissions: &[#(#permissions),*],));
    let allow = &widget.allow;
    let allow = (!allow.is_empty()).then(|| quote!(allow: &[#(#allow),*],));
    let findings = widget.template.document.iter().flat_map(|document| &document.findings);
    let findings: Vec<TokenStream> =
        findings.map(|Finding { code, message, .. }| quote!(__chatui::Finding::new(#code, #message))).collect();
    let findings = (!findings.is_empty()).then(|| quote!(findings: &[#(#findings),*],));
    quote!(#csp #border #permissions #allow #findings)
}
