//! Parameters: what the model sends is described and taken, what the app lends is looked up.

use super::local;
use crate::model::{Fallback, Number, Owned, Param, Rule};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Index, Type, spanned::Spanned};

pub(super) struct Params<'a> {
    owned: Vec<&'a Owned>,
    lent: Vec<&'a Type>,
    /// Both in the order of the fn.
    all: &'a [Param],
}

impl<'a> Params<'a> {
    pub(super) fn of(all: &'a [Param]) -> Self {
        let mut params = Params { owned: Vec::new(), lent: Vec::new(), all };
        for param in all {
            match param {
                Param::Owned(owned) => params.owned.push(owned),
                Param::Lent(ty) => params.lent.push(ty),
            }
        }
        params
    }

    /// All about each one that is owned, in a tuple, for their types differ.
    pub(super) fn declared(&self) -> Option<TokenStream> {
        let types = self.owned.iter().map(|owned| &owned.ty);
        let made = self.owned.iter().map(|owned| made(owned));
        (!self.owned.is_empty()).then(|| quote!(const __CHATUI_PARAMS: (#(__chatui::Param<#types>,)*) = (#(#made,)*);))
    }

    pub(super) fn slots(&self) -> Option<TokenStream> {
        let at = self.places();
        (!self.owned.is_empty()).then(|| quote!(params: &[#(__CHATUI_PARAMS.#at.slot),*],))
    }

    pub(super) fn lent(&self) -> Option<TokenStream> {
        let lent = self.lent.iter().map(|ty| quote_spanned!(ty.span()=> __chatui::lent::<#ty>()));
        (!self.lent.is_empty()).then(|| quote!(lent: &[#(#lent),*],))
    }

    /// Where something is typed, the app has the method that helps with it.
    pub(super) fn complete(&self) -> Option<TokenStream> {
        (!self.owned.is_empty()).then(|| quote!(__chatui::submit! { __chatui::COMPLETE }))
    }

    /// Reads all of them, so that all that are wrong can be told at once.
    pub(super) fn take(&self, call: &Ident, args: &Ident) -> Option<TokenStream> {
        let at = self.places();
        (!self.owned.is_empty()).then(|| quote!(let #args = (#(#call.take(&__CHATUI_PARAMS.#at),)*);))
    }

    /// What the fn is called with.
    pub(super) fn values(&self, call: &Ident, args: &Ident) -> Vec<TokenStream> {
        let mut at = self.places();
        let value = |param: &Param| match param {
            Param::Owned(_) => {
                let at = at.next();
                quote!(#args.#at?)
            }
            Param::Lent(ty) => quote!(#call.lend::<#ty>()?),
        };
        self.all.iter().map(value).collect()
    }

    fn places(&self) -> impl Iterator<Item = Index> + use<> {
        (0..self.owned.len()).map(Index::from)
    }
}

fn made(owned: &Owned) -> TokenStream {
    let Owned { key, ty, about, default, rules, header, complete } = owned;
    let default = default.as_ref().map(|default| match default {
        Fallback::Literal(json) => quote!(.default_json(#json)),
        Fallback::Made(expr) => made_default(ty, &quote!(|| #expr)),
        Fallback::Default => made_default(ty, &quote_spanned!(ty.span()=> <#ty as ::core::default::Default>::default)),
    });
    let rules = (!rules.is_empty()).then(|| {
        let rules = rules.iter().map(rule);
        quote!(.rules(&[#(#rules),*]))
    });
    let header = header.as_ref().map(|name| quote!(.header(&const { __chatui::header(#name) })));
    let complete = complete.as_ref().map(|path| {
        let typed = local("typed");
        // What is wrong with the fn is told at its path.
        quote_spanned!(path.span()=> .complete(|#typed| __chatui::offered(#path(#typed))))
    });
    quote_spanned!(ty.span()=> __chatui::param::<#ty>(#key, #about) #default #rules #header #complete)
}

/// Looked at once when the app starts, by its rules; where its type can't be written as JSON there is nothing to look at.
fn made_default(ty: &Type, make: &TokenStream) -> TokenStream {
    quote! {
        .default_with(#make).seen(|| {
            use __chatui::{Opaque as _, Written as _};
            (&__chatui::Made::<#ty>(#make)).json()
        })
    }
}

fn rule(rule: &Rule) -> TokenStream {
    let number = |number: &Option<Number>| match number {
        Some(whole @ Number::Whole(_)) => quote!(__chatui::Some(__chatui::Bound::Int(#whole))),
        Some(real @ Number::Real(_)) => quote!(__chatui::Some(__chatui::Bound::Float(#real))),
        None => quote!(__chatui::None),
    };
    let length = |length: &Option<usize>| match length {
        Some(length) => quote!(__chatui::Some(#length)),
        None => quote!(__chatui::None),
    };
    match rule {
        Rule::Range { min, max, exclusive } => {
            let (min, max) = (number(min), number(max));
            quote!(__chatui::Rule::Range { min: #min, max: #max, exclusive: #exclusive })
        }
        Rule::Length { min, max } => {
            let (min, max) = (length(min), length(max));
            quote!(__chatui::Rule::Length { min: #min, max: #max })
        }
        Rule::Pattern(pattern) => quote!(__chatui::Rule::Pattern(#pattern)),
    }
}

impl ToTokens for Number {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Number::Whole(number) => proc_macro2::Literal::i128_unsuffixed(*number).to_tokens(tokens),
            Number::Real(number) => proc_macro2::Literal::f64_suffixed(*number).to_tokens(tokens),
        }
    }
}
