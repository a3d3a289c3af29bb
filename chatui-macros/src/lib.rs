//! The attributes of `chatui`. Use them through that crate, which documents them where their examples compile.
//!
//! Each goes the same way: `attr` reads the keys, `check` turns what was written into what is legal (`model`) and
//! collects every mistake, `emit` writes data for the runtime.
#![allow(missing_docs)]

mod attr;
mod check;
mod doc;
mod emit;
mod errors;
mod item;
mod model;
mod template;
#[cfg(test)]
mod tests;

use attr::{Args, Vocabulary};
use errors::Errors;
use item::Item;
use proc_macro2::TokenStream;
use quote::quote;

#[proc_macro_attribute]
pub fn tool(args: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(&attr::TOOL, args.into(), item.into(), check::tool, emit::tool).into()
}

#[proc_macro_attribute]
pub fn widget(args: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(&attr::WIDGET, args.into(), item.into(), check::widget, emit::widget).into()
}

#[proc_macro_attribute]
pub fn resource(args: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(&attr::RESOURCE, args.into(), item.into(), check::resource, emit::resource).into()
}

#[proc_macro_attribute]
pub fn prompt(args: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(&attr::PROMPT, args.into(), item.into(), check::prompt, emit::prompt).into()
}

#[proc_macro_attribute]
pub fn data(args: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(&attr::DATA, args.into(), item.into(), check::data, emit::data).into()
}

#[proc_macro_attribute]
pub fn app(args: proc_macro::TokenStream, item: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(&attr::APP, args.into(), item.into(), check::app, emit::app).into()
}

/// The one road of all attributes. What the macro writes stands before the item, and the item is written in any case,
/// without our own attributes: a mistake then has one message and not an unknown name beside it.
fn expand<I: Item, M>(
    vocabulary: &Vocabulary,
    args: TokenStream,
    item: TokenStream,
    check: fn(&Args, &I, &mut Errors) -> Option<M>,
    emit: fn(&M) -> TokenStream,
) -> TokenStream {
    let mut errors = Errors::default();
    let args = attr::parse(vocabulary, args, &mut errors);
    let mut parsed = match I::read(item.clone(), vocabulary.attribute) {
        Ok(parsed) => parsed,
        Err(error) => return [error.into_compile_error(), item].into_iter().collect(),
    };
    let model = check(&args, &parsed, &mut errors);
    parsed.clean();
    let written = match (errors.finish(), model) {
        (Ok(()), Some(model)) => emit(&model),
        (Ok(()), None) => TokenStream::new(),
        (Err(error), _) => {
            let error = error.into_compile_error();
            let stand_in = parsed.stand_in(&args.krate());
            // What is unused now is used once the mistake is mended.
            quote!(#error #stand_in #[allow(unused)])
        }
    };
    quote!(#written #parsed)
}
