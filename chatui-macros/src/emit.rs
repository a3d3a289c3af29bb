//! What is legal → tokens. Infallible; names nothing but `__private`, and writes data, not behaviour.
//!
//! Our names stand beside the user's: those of items begin with `__chatui`, and local ones are hygienic.

mod param;
mod widget;

pub(crate) use widget::widget;

use crate::{
    item::ends_with,
    model::{Access, App, Audience, Data, Effect, Prompt, Resource, Tool},
};
use param::Params;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{LitStr, Type, spanned::Spanned};

pub(crate) fn tool(tool: &Tool) -> TokenStream {
    let Tool { krate, ident, name, title, about, is_async, output, .. } = tool;
    let params = Params::of(&tool.params);
    let (declared, slots, lent) = (params.declared(), params.slots(), params.lent());
    let effect = match tool.effect {
        Effect::ReadOnly => quote!(ReadOnly),
        Effect::Writes => quote!(Writes),
        Effect::Destructive => quote!(Destructive),
    };
    let said = said(tool);
    let answer = quote_spanned!(output.span()=> __chatui::answer::<#output>());
    let call = call(ident, *is_async, &params, &quote!((__CHATUI_ANSWER.reply)));
    quote! {
        #[allow(clippy::all, deprecated)]
        const _: () = {
            use #krate::__private as __chatui;
            const __CHATUI_ANSWER: __chatui::Answer<#output> = #answer;
            #declared
            __chatui::submit! {
                __chatui::Tool {
                    name: #name,
                    title: #title,
                    about: #about,
                    effect: __chatui::Effect::#effect,
                    package: __chatui::package!(),
                    place: __chatui::place!(),
                    #slots
                    #lent
                    answer: __CHATUI_ANSWER.facts,
                    call: #call,
                    #said
                    ..__chatui::TOOL
                }
            }
        };
    }
}

/// What was said by keys that most tools leave out.
fn said(tool: &Tool) -> TokenStream {
    let flag = |given: bool, name: &str| {
        let name = format_ident!("{name}");
        given.then(|| quote!(#name: true,))
    };
    let audience = match tool.audience {
        Audience::Both => None,
        Audience::App => Some(quote!(audience: __chatui::Audience::App,)),
        Audience::Model => Some(quote!(audience: __chatui::Audience::Model,)),
    };
    let access = access(&tool.access);
    let meta = tool.meta.iter().map(|(key, json)| quote!((#key, #json)));
    let meta = (!tool.meta.is_empty()).then(|| quote!(meta: &[#(#meta),*],));
    let schema = tool.schema.as_ref().map(|path| quote_spanned!(path.span()=> schema: __chatui::Some(#path),));
    let timeout = tool.timeout.map(|time| quote!(timeout_ms: __chatui::Some(#time),));
    let examples = &tool.examples;
    let examples = (!examples.is_empty()).then(|| quote!(examples: __chatui::for_dev!(#(#examples),*),));
    let flags = [(tool.open_world, "open_world"), (tool.idempotent, "idempotent"), (tool.blocking, "blocking")];
    let flags = flags.map(|(given, name)| flag(given, name));
    let texts = [(&tool.invoking, "invoking"), (&tool.invoked, "invoked"), (&tool.icon, "icon")];
    let texts = texts.map(|(given, name)| text(given, name));
    let asks = asks(tool.asks);
    quote!(#(#flags)* #(#texts)* #examples #audience #access #schema #meta #timeout #asks)
}

/// What it takes to ask, which is linked where it is named.
fn asks(given: bool) -> Option<TokenStream> {
    given.then(|| quote!(asks: __chatui::Some(&__chatui::ASKS),))
}

fn text(given: &Option<LitStr>, name: &str) -> Option<TokenStream> {
    let name = format_ident!("{name}");
    given.as_ref().map(|text| quote!(#name: __chatui::Some(#text),))
}

fn access(access: &Access) -> Option<TokenStream> {
    let said = match access {
        Access::Unsaid => return None,
        Access::Anyone => quote!(Anyone),
        Access::Optional(None) => quote!(Optional(__chatui::None)),
        Access::Optional(Some(scopes)) => quote!(Optional(__chatui::Some(&[#(#scopes),*]))),
        Access::Signed(scopes) => quote!(Signed(&[#(#scopes),*])),
    };
    Some(quote!(access: __chatui::Access::#said,))
}

pub(crate) fn resource(resource: &Resource) -> TokenStream {
    let Resource { krate, ident, uri, name, title, about, mime, is_async, output, .. } = resource;
    let (icon, access, asks) = (text(&resource.icon, "icon"), access(&resource.access), asks(resource.asks));
    let audience = &resource.audience;
    let audience = (!audience.is_empty()).then(|| quote!(audience: &[#(#audience),*],));
    let priority = resource.priority.map(|priority| quote!(priority: __chatui::Some(#priority),));
    let params = Params::of(&resource.params);
    let (declared, slots, lent, complete) = (params.declared(), params.slots(), params.lent(), params.complete());
    let mime = mime.as_ref().map_or_else(|| quote!(__CHATUI_BODY.mime), LitStr::to_token_stream);
    let body = quote_spanned!(output.span()=> __chatui::body::<#output>());
    let read = call(ident, *is_async, &params, &quote!((__CHATUI_BODY.make)));
    quote! {
        #[allow(clippy::all, deprecated)]
        const _: () = {
            use #krate::__private as __chatui;
            const __CHATUI_BODY: __chatui::Body<#output> = #body;
            #declared
            __chatui::submit! {
                __chatui::Resource {
                    uri: #uri,
                    name: #name,
                    title: #title,
                    about: #about,
                    mime: #mime,
                    package: __chatui::package!(),
                    place: __chatui::place!(),
                    #slots
                    #lent
                    read: #read,
                    #icon
                    #audience
                    #priority
                    #access
                    #asks
                    ..__chatui::RESOURCE
                }
            }
            #complete
        };
    }
}

pub(crate) fn prompt(prompt: &Prompt) -> TokenStream {
    let Prompt { krate, ident, name, title, about, is_async, output, .. } = prompt;
    let (icon, access, asks) = (text(&prompt.icon, "icon"), access(&prompt.access), asks(prompt.asks));
    let params = Params::of(&prompt.params);
    let (declared, slots, lent, complete) = (params.declared(), params.slots(), params.lent(), params.complete());
    let said = quote_spanned!(output.span()=> __chatui::said::<#output>);
    let get = call(ident, *is_async, &params, &said);
    quote! {
        #[allow(clippy::all, deprecated)]
        const _: () = {
            use #krate::__private as __chatui;
            #declared
            __chatui::submit! {
                __chatui::Prompt {
                    name: #name,
                    title: #title,
                    about: #about,
                    package: __chatui::package!(),
                    place: __chatui::place!(),
                    #slots
                    #lent
                    get: #get,
                    #icon
                    #access
                    #asks
                    ..__chatui::PROMPT
                }
            }
            __chatui::submit! { __chatui::GET_PROMPT }
            #complete
        };
    }
}

/// Arguments in, the user's fn, its answer out.
fn call(ident: &Ident, is_async: bool, params: &Params, make: &TokenStream) -> TokenStream {
    let [call, args] = ["call", "args"].map(local);
    let (take, values) = (params.take(&call, &args), params.values(&call, &args));
    let changes = take.is_some().then(|| quote!(mut));
    let wait = is_async.then(|| quote!(.await));
    // Spanned at the fn's name: "future cannot be sent between threads" then points there.
    let task = quote_spanned! {place(ident)=>
        __chatui::task(async move {
            #take
            #call.check()?;
            #make(#ident(#(#values),*) #wait)
        })
    };
    quote!(|#changes #call| #task)
}

/// The place of a name without its hygiene: a fn may be written by somebody's `macro_rules!`, and our names are not.
fn place(ident: &Ident) -> Span {
    Span::call_site().located_at(ident.span())
}

/// A name that no name of the user's can meet.
fn local(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

pub(crate) fn app(app: &App) -> TokenStream {
    let App { krate, ident, is_async, not_for, lent, output } = app;
    let door = local("door");
    let values = lent.iter().map(|ty| quote_spanned!(ty.span()=> __chatui::from_door::<#ty>(#door)));
    let wait = is_async.then(|| quote!(.await));
    let made = quote_spanned!(output.span()=> __chatui::made::<#output>);
    let task = quote_spanned!(place(ident)=> __chatui::task(async move { #made(#ident(#(#values),*) #wait) }));
    quote! {
        #[allow(clippy::all, deprecated)]
        const _: () = {
            use #krate::__private as __chatui;
            __chatui::submit! {
                __chatui::AppFn {
                    package: __chatui::package!(),
                    place: __chatui::place!(),
                    not_for: __chatui::for_dev!(#(#not_for),*),
                    build: |#door| #task,
                }
            }
        };
    }
}

pub(crate) fn data(data: &Data) -> TokenStream {
    let Data { krate, has, asked } = data;
    let missing = [SERIALIZE, ("serde", "Deserialize"), JSON_SCHEMA];
    let missing: Vec<_> = missing.into_iter().filter(|(_, name)| !has.iter().any(|path| ends_with(path, &[name]))).collect();
    let derives = derives(&quote!(#krate::__private), &missing, &TokenStream::new());
    let asked = self::asked(&quote!(#krate::__private), asked);
    quote!(#asked #derives)
}

/// Before the derives, whose messages come after ours.
fn asked(private: &TokenStream, types: &[Type]) -> Option<TokenStream> {
    let asked = types.iter().map(|ty| {
        // On the type, and yet not as if the user had written it: their lints are not meant.
        let span = Span::mixed_site().located_at(ty.span());
        quote_spanned!(span=> #private::is_data::<#ty>();)
    });
    (!types.is_empty()).then(|| quote!(const _: fn() = || { #(#asked)* };))
}

const SERIALIZE: (&str, &str) = ("serde", "Serialize");
const JSON_SCHEMA: (&str, &str) = ("schemars", "JsonSchema");

/// Derives through our re-exports, so that users need no serde or schemars of the right major of their own.
fn derives(private: &TokenStream, traits: &[(&str, &str)], more: &TokenStream) -> TokenStream {
    let paths = traits.iter().map(|(of, name)| {
        let (of, name) = (format_ident!("{of}"), format_ident!("{name}"));
        quote!(#private::#of::#name)
    });
    let at = |of: &str, more: &TokenStream| {
        let path = format!("{private}::{of}").replace(' ', "");
        let attribute = format_ident!("{of}");
        traits.iter().any(|(other, _)| *other == of).then(|| quote!(#[#attribute(crate = #path #more)]))
    };
    let (serde, schemars) = (at("serde", more), at("schemars", &TokenStream::new()));
    quote! {
        #[derive(#(#paths),*)]
        #serde
        #schemars
    }
}
