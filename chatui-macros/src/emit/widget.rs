//! `#[widget]`: two views for serde, the descriptor, and the impl that ties them to the user's struct.

use super::{JSON_SCHEMA, SERIALIZE, derives, local};
use crate::{
    item::serde_word,
    model::{Csp, Field, Place, Template, Text, Widget},
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{ext::IdentExt, spanned::Spanned};

pub(crate) fn widget(widget: &Widget) -> TokenStream {
    let Widget { krate, ident, name, title, about, fields, template, .. } = widget;
    let (hidden, shown): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.ui_only);
    let model = view("__ChatuiModel", widget, &shown, &[SERIALIZE, JSON_SCHEMA]);
    let [generator, serializer] = ["generator", "serializer"].map(local);
    let (hidden_view, hides, write_hidden) = if hidden.is_empty() {
        (None, None, None)
    } else {
        let write = quote! {
            fn hidden<S: __chatui::Serializer>(&self, #serializer: S) -> __chatui::Result<S::Ok, S::Error> {
                __ChatuiHidden::serialize(self, #serializer)
            }
        };
        let view = view("__ChatuiHidden", widget, &hidden, &[SERIALIZE]);
        (
            Some(view),
            Some(quote!(
                const HIDES: bool = true;
            )),
            Some(write),
        )
    };
    let text = text(widget);
    // So that a changed template rebuilds the crate.
    let tracked = template.place.as_ref().map(|Place { file, .. }| {
        quote!(
            const _: &[u8] = ::core::include_bytes!(#file);
        )
    });
    let template = self::template(template);
    let shown_how = shown_how(widget);
    quote! {
        #[allow(clippy::all, unused_imports, unused_variables, deprecated)]
        const _: () = {
            use #krate::__private::{self as __chatui, Unwritten as _};
            #tracked
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

fn template(template: &Template) -> TokenStream {
    let Template { before, after, place } = template;
    let place = place.as_ref().map(|Place { root, path, .. }| {
        // No path of the machine that builds is shipped.
        quote!(path: #path, root: if ::core::cfg!(debug_assertions) { #root } else { "" },)
    });
    quote!(__chatui::Template { before: #before, after: #after, #place ..__chatui::TEMPLATE })
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
    quote!(#csp #border #permissions)
}
