//! What is legal → tokens. Infallible; names nothing but `__private`, and writes data, not behaviour.

use crate::model::{
    App, Audience, Csp, Data, Effect, Fallback, Field, Number, Owned, Param, Place, Resource, Rule, Template, Text, Tool, Widget,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Index, LitStr, Path, Type, spanned::Spanned};

pub(crate) fn tool(tool: &Tool) -> TokenStream {
    let Tool { krate, ident, name, title, about, is_async, output, .. } = tool;
    let Params { types, made, at, lent, values } = params(&tool.params);
    let effect = match tool.effect {
        Effect::ReadOnly => quote!(ReadOnly),
        Effect::Writes => quote!(Writes),
        Effect::Destructive => quote!(Destructive),
    };
    let said = said(tool);
    let answer = quote_spanned!(output.span()=> __private::answer::<#output>());
    let wait = is_async.then(|| quote!(.await));
    // Spanned at the fn's name: "future cannot be sent between threads" then points there.
    let task = quote_spanned! {place(ident)=>
        __private::task(async move {
            let __args = (#(__call.take(&__PARAMS.#at),)*);
            __call.check()?;
            (__ANSWER.reply)(#ident(#(#values),*) #wait)
        })
    };
    quote! {
        #[allow(clippy::all, unused_variables, deprecated)]
        const _: () = {
            use #krate::__private;
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
                    #said
                    ..__private::TOOL
                }
            }
        };
    }
}

/// The place of a name without its hygiene: a fn may be written by somebody's `macro_rules!`, and our names are not.
fn place(ident: &Ident) -> Span {
    Span::call_site().located_at(ident.span())
}

/// What was said by keys that most tools leave out.
fn said(tool: &Tool) -> TokenStream {
    let flag = |given: bool, name: &str| {
        let name = format_ident!("{name}");
        given.then(|| quote!(#name: true,))
    };
    let text = |given: &Option<LitStr>, name: &str| {
        let name = format_ident!("{name}");
        given.as_ref().map(|text| quote!(#name: __private::Some(#text),))
    };
    let audience = match tool.audience {
        Audience::Both => None,
        Audience::App => Some(quote!(audience: __private::Audience::App,)),
        Audience::Model => Some(quote!(audience: __private::Audience::Model,)),
    };
    let meta = tool.meta.iter().map(|(key, json)| quote!((#key, #json)));
    let meta = (!tool.meta.is_empty()).then(|| quote!(meta: &[#(#meta),*],));
    let schema = tool.schema.as_ref().map(|path| quote!(schema: __private::Some(#path),));
    let timeout = tool.timeout.map(|time| quote!(timeout_ms: __private::Some(#time),));
    let flags = [(tool.open_world, "open_world"), (tool.idempotent, "idempotent"), (tool.blocking, "blocking")];
    let flags = flags.map(|(given, name)| flag(given, name));
    let texts = [(&tool.invoking, "invoking"), (&tool.invoked, "invoked"), (&tool.icon, "icon")];
    let texts = texts.map(|(given, name)| text(given, name));
    quote!(#(#flags)* #(#texts)* #audience #schema #meta #timeout)
}

/// What the descriptors of tools and resources say about parameters.
#[derive(Default)]
struct Params<'a> {
    types: Vec<&'a Type>,
    /// The `Param`s, and their places in the tuple of them.
    made: Vec<TokenStream>,
    at: Vec<Index>,
    lent: Vec<TokenStream>,
    /// What the fn is called with, in its order.
    values: Vec<TokenStream>,
}

fn params(params: &[Param]) -> Params<'_> {
    let mut all = Params::default();
    for param in params {
        match param {
            Param::Owned(owned) => {
                let at = Index::from(all.types.len());
                all.values.push(quote!(__args.#at?));
                all.at.push(at);
                all.made.push(made(owned));
                all.types.push(&owned.ty);
            }
            Param::Lent(ty) => {
                all.values.push(quote!(__call.lend::<#ty>()?));
                all.lent.push(quote_spanned!(ty.span()=> __private::lent::<#ty>()));
            }
        }
    }
    all
}

fn made(owned: &Owned) -> TokenStream {
    let Owned { key, ty, about, default, rules } = owned;
    let default = match default {
        None => None,
        Some(Fallback::Literal(json)) => Some(quote!(.default_json(#json))),
        Some(Fallback::Made(expr)) => Some(quote!(.default_with(|| #expr))),
        Some(Fallback::Default) => Some(quote_spanned!(ty.span()=> .default_with(<#ty as ::core::default::Default>::default))),
    };
    let rules = (!rules.is_empty()).then(|| {
        let rules = rules.iter().map(rule);
        quote!(.rules(&[#(#rules),*]))
    });
    quote_spanned!(ty.span()=> __private::param::<#ty>(#key, #about) #default #rules)
}

fn rule(rule: &Rule) -> TokenStream {
    let number = |number: &Option<Number>| match number {
        Some(whole @ Number::Whole(_)) => quote!(__private::Some(__private::Bound::Int(#whole))),
        Some(real @ Number::Real(_)) => quote!(__private::Some(__private::Bound::Float(#real))),
        None => quote!(__private::None),
    };
    let length = |length: &Option<usize>| match length {
        Some(length) => quote!(__private::Some(#length)),
        None => quote!(__private::None),
    };
    match rule {
        Rule::Range { min, max, exclusive } => {
            let (min, max) = (number(min), number(max));
            quote!(__private::Rule::Range { min: #min, max: #max, exclusive: #exclusive })
        }
        Rule::Length { min, max } => {
            let (min, max) = (length(min), length(max));
            quote!(__private::Rule::Length { min: #min, max: #max })
        }
        Rule::Pattern(pattern) => quote!(__private::Rule::Pattern(#pattern)),
    }
}

pub(crate) fn resource(resource: &Resource) -> TokenStream {
    let Resource { krate, ident, uri, name, title, about, mime, is_async, output, .. } = resource;
    let Params { types, made, at, lent, values } = params(&resource.params);
    let mime = mime.as_ref().map_or_else(|| quote!(__BODY.mime), |mime| quote!(#mime));
    let answer = quote_spanned!(output.span()=> __private::body::<#output>());
    let wait = is_async.then(|| quote!(.await));
    let task = quote_spanned! {place(ident)=>
        __private::task(async move {
            let __args = (#(__call.take(&__PARAMS.#at),)*);
            __call.check()?;
            (__BODY.make)(#ident(#(#values),*) #wait)
        })
    };
    quote! {
        #[allow(clippy::all, unused_variables, deprecated)]
        const _: () = {
            use #krate::__private;
            const __BODY: __private::Body<#output> = #answer;
            const __PARAMS: (#(__private::Param<#types>,)*) = (#(#made,)*);
            __private::submit! {
                __private::Resource {
                    uri: #uri,
                    name: #name,
                    title: #title,
                    about: #about,
                    package: __private::package!(),
                    place: __private::place!(),
                    params: &[#(__PARAMS.#at.slot),*],
                    lent: &[#(#lent),*],
                    mime: #mime,
                    read: |mut __call| #task,
                }
            }
        };
    }
}

pub(crate) fn widget(widget: &Widget) -> TokenStream {
    let Widget { krate, ident, name, title, about, fields, template, text, .. } = widget;
    let (hidden, shown): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| field.ui_only);
    let [model, ui] = [("__Model", &shown), ("__Hidden", &hidden)].map(|(name, fields)| view(name, widget, fields));
    let shown: Vec<_> = shown.iter().map(|field| &field.ident).collect();
    let hidden: Vec<_> = hidden.iter().map(|field| &field.ident).collect();
    let text = match text {
        Text::Format(format) => quote! {{ let #ident { #(#shown,)* .. } = self; ::std::format!(#format) }},
        Text::Function(path) => quote!(::core::convert::Into::into(#path(self))),
    };
    let has_hidden = !hidden.is_empty();
    // So that a changed template rebuilds the crate.
    let tracked = template.place.as_ref().map(|Place { file, .. }| {
        quote!(
            const _: &[u8] = ::core::include_bytes!(#file);
        )
    });
    let template = self::template(template);
    let shown_how = shown_how(widget);
    quote! {
        #[allow(clippy::all, unused_variables, deprecated, dead_code, unreachable_pub)]
        const _: () = {
            use #krate::__private;
            #tracked
            #model
            #ui
            static __WIDGET: __private::Widget = __private::Widget {
                name: #name,
                title: #title,
                about: #about,
                package: __private::package!(),
                place: __private::place!(),
                template: #template,
                #shown_how
                ..__private::WIDGET
            };
            #[automatically_derived]
            impl __private::Draw for #ident {
                const WIDGET: &'static __private::Widget = &__WIDGET;
                const HIDES: bool = #has_hidden;
                type Model = __Model;
                fn model<__S: __private::serde::Serializer>(&self, __serializer: __S) -> __private::Result<__S::Ok, __S::Error> {
                    __Model::serialize(self, __serializer)
                }
                fn hidden<__S: __private::serde::Serializer>(&self, __serializer: __S) -> __private::Result<__S::Ok, __S::Error> {
                    __Hidden::serialize(self, __serializer)
                }
                fn text(&self) -> __private::String {
                    #text
                }
            }
        };
    }
}

fn template(template: &Template) -> TokenStream {
    let Template { before, after, place } = template;
    let place = place.as_ref().map(|Place { root, path, .. }| {
        // No path of the machine that builds is shipped.
        quote!(path: #path, root: if ::core::cfg!(debug_assertions) { #root } else { "" },)
    });
    quote!(__private::Template { before: #before, after: #after, #place ..__private::TEMPLATE })
}

fn shown_how(widget: &Widget) -> TokenStream {
    let Csp { connect, resource, frame, redirect } = &widget.csp;
    let named = [("connect", connect), ("resource", resource), ("frame", frame), ("redirect", redirect)];
    let lists = named.iter().filter(|(_, origins)| !origins.is_empty()).map(|(name, origins)| {
        let name = format_ident!("{name}");
        quote!(#name: &[#(#origins),*],)
    });
    let lists: Vec<TokenStream> = lists.collect();
    let csp = (!lists.is_empty()).then(|| quote!(csp: __private::Csp { #(#lists)* ..__private::CSP },));
    let border = widget.prefers_border.then(|| quote!(prefers_border: true,));
    let permissions = &widget.permissions;
    let permissions = (!permissions.is_empty()).then(|| quote!(permissions: &[#(#permissions),*],));
    quote!(#csp #border #permissions)
}

/// A struct with some of the widget's fields, through which serde writes the widget itself (`remote`). The user's own
/// `Serialize`, if there is one, would carry `#[ui_only]` fields to the model.
fn view(name: &str, widget: &Widget, fields: &[&Field]) -> TokenStream {
    let Widget { krate, ident, attrs, .. } = widget;
    let name = format_ident!("{name}");
    let of = ident.to_string();
    let fields = fields.iter().map(|Field { ident, ty, attrs, .. }| quote!(#(#attrs)* #ident: #ty));
    let derives = derives(krate, &[quote!(serde::Serialize), quote!(schemars::JsonSchema)]);
    quote! {
        #derives
        #[serde(remote = #of)]
        #(#attrs)*
        #[doc(hidden)]
        // As public as the widget may be, which names it in a trait; nobody else can.
        pub struct #name {
            #(#fields,)*
        }
    }
}

/// Derives through our re-exports, so that users need no serde or schemars of the right major of their own.
fn derives(krate: &Path, traits: &[TokenStream]) -> TokenStream {
    let at = |name: &str| format!("{}::__private::{name}", krate.to_token_stream()).replace(' ', "");
    let (serde, schemars) = (at("serde"), at("schemars"));
    quote! {
        #[derive(#(#krate::__private::#traits),*)]
        #[serde(crate = #serde)]
        #[schemars(crate = #schemars)]
    }
}

pub(crate) fn data(data: &Data) -> TokenStream {
    derives(&data.krate, &[quote!(serde::Serialize), quote!(serde::Deserialize), quote!(schemars::JsonSchema)])
}

pub(crate) fn app(app: &App) -> TokenStream {
    let App { krate, ident, is_async, lent } = app;
    let values = lent.iter().map(|ty| quote_spanned!(ty.span()=> __private::from_door::<#ty>(__door)));
    let wait = is_async.then(|| quote!(.await));
    let task = quote_spanned! {place(ident)=>
        __private::task(async move { __private::IntoApp::into_app(#ident(#(#values),*) #wait) })
    };
    quote! {
        #[allow(clippy::all, unused_variables)]
        const _: () = {
            use #krate::__private;
            __private::submit! {
                __private::AppFn { package: __private::package!(), place: __private::place!(), build: |__door| #task }
            }
        };
    }
}
