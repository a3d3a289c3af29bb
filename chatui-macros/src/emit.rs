//! What is legal → tokens. Infallible; names nothing but `__private`, and writes data, not behaviour.

use crate::model::{App, Data, Effect, Field, Param, Text, Tool, Widget};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::{Index, spanned::Spanned};

pub(crate) fn tool(tool: &Tool) -> TokenStream {
    let Tool { ident, name, title, about, effect, is_async, params, output } = tool;
    let effect = match effect {
        Effect::ReadOnly => quote!(ReadOnly),
        Effect::Writes => quote!(Writes),
        Effect::Destructive => quote!(Destructive),
    };
    let mut types = Vec::new();
    let mut made = Vec::new();
    let mut lent = Vec::new();
    let mut values = Vec::new();
    for param in params {
        match param {
            Param::Owned { key, ty, about } => {
                let at = Index::from(types.len());
                values.push(quote!(__args.#at?));
                made.push(quote_spanned!(ty.span()=> __private::param::<#ty>(#key, #about)));
                types.push(ty);
            }
            Param::Lent(ty) => {
                values.push(quote!(__call.lend::<#ty>()?));
                lent.push(quote_spanned!(ty.span()=> __private::lent::<#ty>()));
            }
        }
    }
    let at: Vec<Index> = (0..types.len()).map(Index::from).collect();
    let answer = quote_spanned!(output.span()=> __private::answer::<#output>());
    let wait = is_async.then(|| quote!(.await));
    // Spanned at the fn's name: "future cannot be sent between threads" then points there.
    let task = quote_spanned! {ident.span()=>
        __private::task(async move {
            let __args = (#(__call.take(&__PARAMS.#at),)*);
            __call.check()?;
            (__ANSWER.reply)(#ident(#(#values),*) #wait)
        })
    };
    quote! {
        #[allow(clippy::all, unused_variables, deprecated)]
        const _: () = {
            use ::chatui::__private;
            const __ANSWER: __private::Answer<#output> = #answer;
            const __PARAMS: (#(__private::Param<#types>,)*) = (#(#made,)*);
            __private::submit! {
                __private::Tool {
                    name: #name,
                    title: #title,
                    about: #about,
                    effect: __private::Effect::#effect,
                    package: __private::package!(),
                    place: __private::place!(),
                    params: &[#(__PARAMS.#at.slot),*],
                    lent: &[#(#lent),*],
                    answer: __ANSWER.facts,
                    call: |mut __call| #task,
                }
            }
        };
    }
}

pub(crate) fn widget(widget: &Widget) -> TokenStream {
    let Widget { ident, name, title, about, attrs, fields, template, text } = widget;
    let (hidden, shown): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.ui_only);
    let [model, ui] = [("__Model", &shown), ("__Hidden", &hidden)].map(|(name, fields)| view(name, attrs, fields));
    let shown: Vec<_> = shown.iter().map(|field| &field.ident).collect();
    let hidden: Vec<_> = hidden.iter().map(|field| &field.ident).collect();
    let text = match text {
        Text::Format(format) => quote! {{ let #ident { #(#shown,)* .. } = self; ::std::format!(#format) }},
        Text::Function(path) => quote!(::core::convert::Into::into(#path(self))),
    };
    let has_hidden = !hidden.is_empty();
    let crate::model::Template { before, after, root, path, file } = template;
    quote! {
        #[allow(clippy::all, unused_variables, deprecated, missing_docs, unreachable_pub)]
        const _: () = {
            use ::chatui::__private;
            // So that a changed template rebuilds the crate.
            const _: &[u8] = ::core::include_bytes!(#file);
            #model
            #ui
            static __WIDGET: __private::Widget = __private::Widget {
                name: #name,
                title: #title,
                about: #about,
                package: __private::package!(),
                place: __private::place!(),
                template: __private::Template {
                    before: #before,
                    after: #after,
                    path: #path,
                    root: if ::core::cfg!(debug_assertions) { #root } else { "" },
                },
            };
            #[automatically_derived]
            impl __private::Draw for #ident {
                const WIDGET: &'static __private::Widget = &__WIDGET;
                const HIDES: bool = #has_hidden;
                type Model<'__a> = __Model<'__a>;
                type Hidden<'__a> = __Hidden<'__a>;
                fn model(&self) -> __Model<'_> {
                    __Model { #(#shown: &self.#shown,)* __life: __private::PhantomData }
                }
                fn hidden(&self) -> __Hidden<'_> {
                    __Hidden { #(#hidden: &self.#hidden,)* __life: __private::PhantomData }
                }
                fn text(&self) -> __private::String {
                    #text
                }
            }
        };
    }
}

/// A borrowing struct with some of the widget's fields. The user's own `Serialize`, if there is one, would carry
/// `#[ui_only]` fields to the model.
fn view(name: &str, attrs: &[syn::Attribute], fields: &[&Field]) -> TokenStream {
    let name = format_ident!("{name}");
    let fields = fields.iter().map(|Field { ident, ty, attrs, .. }| quote!(#(#attrs)* #ident: &'__a #ty));
    quote! {
        #[derive(__private::serde::Serialize, __private::schemars::JsonSchema)]
        #[serde(crate = "::chatui::__private::serde")]
        #[schemars(crate = "::chatui::__private::schemars")]
        #(#attrs)*
        // As public as the widget may be, which names it in a trait; nobody else can.
        pub struct #name<'__a> {
            #(#fields,)*
            #[serde(skip)]
            __life: __private::PhantomData<&'__a ()>,
        }
    }
}

pub(crate) fn data(_: &Data) -> TokenStream {
    quote! {
        #[derive(::chatui::__private::serde::Serialize, ::chatui::__private::serde::Deserialize, ::chatui::__private::schemars::JsonSchema)]
        #[serde(crate = "::chatui::__private::serde")]
        #[schemars(crate = "::chatui::__private::schemars")]
    }
}

pub(crate) fn app(app: &App) -> TokenStream {
    let App { ident, is_async, lent } = app;
    let values = lent.iter().map(|ty| quote_spanned!(ty.span()=> __private::from_door::<#ty>(__door)));
    let wait = is_async.then(|| quote!(.await));
    let task = quote_spanned!(ident.span()=> __private::task);
    quote! {
        #[allow(clippy::all, unused_variables)]
        const _: () = {
            use ::chatui::__private;
            __private::submit! {
                __private::AppFn {
                    package: __private::package!(),
                    place: __private::place!(),
                    build: |__door| #task(async move { __private::IntoApp::into_app(#ident(#(#values),*) #wait) }),
                }
            }
        };
    }
}
