//! The items that our attributes stand on: how they are read, and how they are written back without our marks.

use crate::{emit, model};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Data, DeriveInput, FnArg, Meta, Path, Signature, Token, Visibility,
    parse::{Parse, ParseStream, Parser},
    parse_quote,
    punctuated::Punctuated,
};

pub(crate) trait Item: ToTokens + Sized {
    /// Parses the item, or says where the attribute belongs.
    fn read(tokens: TokenStream, attribute: &str) -> syn::Result<Self>;

    /// Takes away what only we understand.
    fn clean(&mut self);

    /// What the item lacks while it has a mistake, so that whoever uses it has none.
    fn stand_in(&self, _krate: &Path) -> TokenStream {
        TokenStream::new()
    }
}

/// A function. Its body stays unread: what is wrong in there is rustc's to say, and once.
pub(crate) struct Function {
    pub attrs: Vec<Attribute>,
    vis: Visibility,
    pub sig: Signature,
    /// In braces, or the semicolon of a trait's method.
    pub body: TokenStream,
}

impl Parse for Function {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let attrs = input.call(Attribute::parse_outer)?;
        Ok(Function { attrs, vis: input.parse()?, sig: input.parse()?, body: input.parse()? })
    }
}

impl ToTokens for Function {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Function { attrs, vis, sig, body } = self;
        tokens.extend(quote!(#(#attrs)* #vis #sig #body));
    }
}

impl Item for Function {
    fn read(tokens: TokenStream, attribute: &str) -> syn::Result<Self> {
        belongs(tokens, &format!("{attribute} belongs on a function; write it above an `fn`"))
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
        if self.sig.inputs.len() > 7 {
            self.attrs.push(parse_quote!(#[allow(clippy::too_many_arguments)]));
        }
    }
}

/// What `#[widget]` stands on: a struct, if all is well.
pub(crate) struct Shown(pub DeriveInput);

impl ToTokens for Shown {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.to_tokens(tokens);
    }
}

impl Item for Shown {
    fn read(tokens: TokenStream, attribute: &str) -> syn::Result<Self> {
        belongs(tokens, &format!("{attribute} belongs on a struct with named fields; write it above one that holds what the widget shows"))
            .map(Shown)
    }

    /// The views carry serde's and schemars' attributes; on the struct they mean something only where a derive below us
    /// still wants them (one above us has read them already).
    fn clean(&mut self) {
        // Only std's are known to want neither; what others read can't be told from their names.
        let std = ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];
        let derives = derives(&self.0.attrs);
        // `#[data]` below us derives both.
        let conditional = conditional_derive(&self.0.attrs) || self.0.attrs.iter().any(|attr| ends_with(attr.path(), &["data"]));
        let serde = conditional || derives.iter().any(|path| !ends_with(path, &std));
        let schemars = conditional || derives.iter().any(|path| ends_with(path, &["JsonSchema"]));
        let ours = |attr: &Attribute| {
            let path = attr.path();
            path.is_ident("ui_only") || (!serde && path.is_ident("serde")) || (!schemars && path.is_ident("schemars"))
        };
        self.0.attrs.retain(|attr| !ours(attr));
        if let Data::Struct(data) = &mut self.0.data {
            for field in &mut data.fields {
                field.attrs.retain(|attr| !ours(attr));
            }
        }
    }

    /// The tools that answer with a widget.
    fn stand_in(&self, krate: &Path) -> TokenStream {
        let ident = &self.0.ident;
        let (generics, arguments, bounds) = self.0.generics.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #generics #krate::__private::IntoReply for #ident #arguments #bounds {
                const FACTS: #krate::__private::Facts = #krate::__private::PLAIN;
                fn into_reply(self) -> #krate::__private::Outcome {
                    ::core::unreachable!()
                }
            }
        }
    }
}

impl Item for DeriveInput {
    fn read(tokens: TokenStream, attribute: &str) -> syn::Result<Self> {
        belongs(tokens, &format!("{attribute} belongs on a struct or an enum; write it above one"))
    }

    fn clean(&mut self) {}

    /// The tools that take it or answer with it.
    fn stand_in(&self, krate: &Path) -> TokenStream {
        match self.data {
            Data::Union(_) => TokenStream::new(),
            _ => emit::data(&model::Data { krate: krate.clone(), has: derives(&self.attrs), asked: Vec::new() }),
        }
    }
}

/// The item, or the message at its keyword.
fn belongs<I: Parse>(tokens: TokenStream, message: &str) -> syn::Result<I> {
    let keyword = |input: ParseStream| {
        input.call(Attribute::parse_outer)?;
        input.parse::<Visibility>()?;
        let keyword = input.span();
        input.parse::<TokenStream>()?;
        Ok(keyword)
    };
    syn::parse2(tokens.clone()).map_err(|_| syn::Error::new(keyword.parse2(tokens).unwrap_or_else(|_| Span::call_site()), message))
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

/// Whether a derived trait is one of those that `#[data]` derives.
pub(crate) fn is_data(path: &Path) -> bool {
    ends_with(path, &["Serialize", "Deserialize", "JsonSchema"])
}

pub(crate) fn ends_with(path: &Path, names: &[&str]) -> bool {
    path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
}

/// Attributes that decide how a field or a struct is written as JSON.
pub(crate) fn is_serde(attr: &Attribute) -> bool {
    attr.path().is_ident("serde") || attr.path().is_ident("schemars")
}

/// serde's and schemars' attributes for a view, which is only written: what is said about reading, like `default`, asks
/// of a type what only the struct has.
pub(crate) fn for_writing(attrs: &[Attribute]) -> impl Iterator<Item = Attribute> {
    let reading = ["alias", "borrow", "crate", "default", "deny_unknown_fields", "deserialize_with", "expecting", "from", "try_from"];
    attrs.iter().filter(|attr| is_serde(attr)).filter_map(move |attr| {
        // What can't be read is serde's to refuse.
        let Ok(words) = metas(attr) else { return Some(attr.clone()) };
        let words: Vec<Meta> = words.into_iter().filter(|meta| !reading.iter().any(|word| meta.path().is_ident(word))).collect();
        let path = attr.path();
        (!words.is_empty()).then(|| parse_quote!(#[#path(#(#words),*)]))
    })
}

/// The `#[cfg]` of a place where a macro cannot honour it.
pub(crate) fn cfg(attrs: &[Attribute]) -> Option<&Attribute> {
    attrs.iter().find(|attr| attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr"))
}

/// The `flatten` of `#[serde(flatten)]` and the like.
pub(crate) fn serde_word(attrs: &[Attribute], word: &str) -> Option<Path> {
    words(attrs.iter().filter(|attr| is_serde(attr))).map(|meta| meta.path().clone()).find(|path| path.is_ident(word))
}

/// All words of `#[serde(…)]`, without those of schemars.
pub(crate) fn serde_words(attrs: &[Attribute]) -> impl Iterator<Item = Meta> {
    words(attrs.iter().filter(|attr| attr.path().is_ident("serde")))
}

fn words<'a>(attrs: impl Iterator<Item = &'a Attribute>) -> impl Iterator<Item = Meta> {
    attrs.filter_map(|attr| metas(attr).ok()).flatten()
}

/// The words of one attribute.
///
/// # Errors
///
/// It has some that are no metas.
pub(crate) fn metas(attr: &Attribute) -> syn::Result<Punctuated<Meta, Token![,]>> {
    attr.parse_args_with(Punctuated::parse_terminated)
}
