//! The items that our attributes stand on: how they are read, and how they are written back without our marks.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, DeriveInput, FnArg, ItemFn, ItemStruct, Meta, Path, Token, parse_quote, punctuated::Punctuated};

pub(crate) trait Item: ToTokens + Sized {
    /// Parses the item, or says where the attribute belongs.
    fn read(tokens: TokenStream, attribute: &str) -> syn::Result<Self>;

    /// Takes away what only we understand.
    fn clean(&mut self);

    /// What the item lacks while it has a mistake, so that whoever uses it has none.
    fn stand_in(&self) -> TokenStream {
        TokenStream::new()
    }
}

impl Item for ItemFn {
    fn read(tokens: TokenStream, attribute: &str) -> syn::Result<Self> {
        belongs(tokens, &format!("{attribute} belongs on a function"))
    }

    /// rustc refuses doc comments on parameters, and knows nothing of `#[arg]`.
    fn clean(&mut self) {
        for input in &mut self.sig.inputs {
            match input {
                FnArg::Receiver(receiver) => receiver.attrs.clear(),
                FnArg::Typed(parameter) => parameter.attrs.retain(|attr| !attr.path().is_ident("doc") && !attr.path().is_ident("arg")),
            }
        }
        // The model fills the arguments in by name; nobody counts commas.
        self.attrs.push(parse_quote!(#[allow(clippy::too_many_arguments)]));
    }
}

impl Item for ItemStruct {
    fn read(tokens: TokenStream, attribute: &str) -> syn::Result<Self> {
        belongs(tokens, &format!("{attribute} belongs on a struct with named fields; each field is what the widget shows"))
    }

    /// The views carry serde's and schemars' attributes; on the struct they mean something only where a derive below us
    /// still wants them (one above us has read them already).
    fn clean(&mut self) {
        // Only std's are known to want neither; what others read can't be told from their names.
        let std = ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
        let derives = derives(&self.attrs);
        let serde = derives.iter().any(|path| !ends_with(path, &std)) || conditional_derive(&self.attrs);
        let schemars = derives.iter().any(|path| ends_with(path, &["JsonSchema"])) || conditional_derive(&self.attrs);
        let ours = |attr: &Attribute| {
            let path = attr.path();
            path.is_ident("ui_only") || (!serde && path.is_ident("serde")) || (!schemars && path.is_ident("schemars"))
        };
        self.attrs.retain(|attr| !ours(attr));
        for field in &mut self.fields {
            field.attrs.retain(|attr| !ours(attr));
        }
    }

    /// The tools that answer with a widget.
    fn stand_in(&self) -> TokenStream {
        let ident = &self.ident;
        if !self.generics.params.is_empty() {
            return TokenStream::new();
        }
        quote! {
            #[automatically_derived]
            impl ::chatui::__private::IntoReply for #ident {
                const FACTS: ::chatui::__private::Facts = ::chatui::__private::PLAIN;
                fn into_reply(self) -> ::chatui::__private::Outcome {
                    ::core::unreachable!()
                }
            }
        }
    }
}

impl Item for DeriveInput {
    fn read(tokens: TokenStream, attribute: &str) -> syn::Result<Self> {
        belongs(tokens, &format!("{attribute} belongs on a struct or an enum"))
    }

    fn clean(&mut self) {}
}

fn belongs<I: syn::parse::Parse>(tokens: TokenStream, message: &str) -> syn::Result<I> {
    syn::parse2(tokens).map_err(|_| syn::Error::new(proc_macro2::Span::call_site(), message))
}

/// The paths in the `#[derive(…)]`s that a macro below us will still see.
pub(crate) fn derives(attrs: &[Attribute]) -> Vec<Path> {
    let lists = attrs.iter().filter(|attr| attr.path().is_ident("derive"));
    lists.filter_map(|attr| attr.parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated).ok()).flatten().collect()
}

/// `#[cfg_attr(…, derive(…))]`
fn conditional_derive(attrs: &[Attribute]) -> bool {
    let conditional = attrs.iter().filter(|attr| attr.path().is_ident("cfg_attr"));
    conditional.filter_map(|attr| attr.meta.require_list().ok()).any(|list| list.tokens.to_string().contains("derive"))
}

pub(crate) fn ends_with(path: &Path, names: &[&str]) -> bool {
    path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// Attributes that decide how a field or a struct is written as JSON.
pub(crate) fn is_serde(attr: &Attribute) -> bool {
    attr.path().is_ident("serde") || attr.path().is_ident("schemars")
}

/// serde's and schemars' attributes for a view that is only written: a `default` is about reading, and schemars would
/// make one.
pub(crate) fn for_writing<'a>(attrs: &'a [Attribute]) -> impl Iterator<Item = Attribute> + 'a {
    attrs.iter().filter(|attr| is_serde(attr)).filter_map(|attr| {
        let words = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok()?;
        let words: Vec<Meta> = words.into_iter().filter(|meta| !meta.path().is_ident("default")).collect();
        let path = attr.path();
        (!words.is_empty()).then(|| parse_quote!(#[#path(#(#words),*)]))
    })
}

/// The `#[cfg]` of a place where a macro cannot honour it.
pub(crate) fn cfg(attrs: &[Attribute]) -> Option<&Attribute> {
    attrs.iter().find(|attr| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr"))
}

/// `#[serde(flatten)]` and the like.
pub(crate) fn serde_word<'a>(attrs: &'a [Attribute], word: &str) -> Option<&'a Attribute> {
    attrs.iter().filter(|attr| is_serde(attr)).find(|attr| {
        let words = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
        words.is_ok_and(|words| words.iter().any(|meta| meta.path().is_ident(word)))
    })
}
