//! What each attribute writes, as files to read: `snapshots/NAME.rs` becomes `snapshots/NAME.expanded.rs`.
//!
//! `UPDATE=1 cargo test -p chatui-macros` writes them anew; what changed is then a part of the commit.

use crate::{attr, check, emit, expand};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::{env, fs, path::Path};
use syn::{Attribute, Item, Meta};

#[test]
fn a_tool_is_written_in_few_lines() {
    let lines = snapshot("tool");
    assert!(lines <= 60, "a tool with two parameters takes {lines} lines");
}

#[test]
fn a_tool_with_all_keys() {
    snapshot("tool_all_keys");
}

#[test]
fn a_widget() {
    snapshot("widget");
}

#[test]
fn a_widget_with_all_keys() {
    snapshot("widget_all_keys");
}

#[test]
fn a_resource() {
    snapshot("resource");
}

#[test]
fn a_prompt() {
    snapshot("prompt");
}

#[test]
fn an_app() {
    snapshot("app");
}

#[test]
fn data() {
    snapshot("data");
}

#[test]
fn items_with_mistakes_are_written_without_our_marks() {
    snapshot("mistakes");
}

/// Compares an expansion with its file, or writes that; gives the lines that stand beside the user's items.
fn snapshot(name: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots");
    let source = fs::read_to_string(folder.join(name).with_extension("rs")).unwrap();
    let path = folder.join(name).with_extension("expanded.rs");
    let file = expanded(&source);
    let is_ours = |item: &&syn2::Item| matches!(item, syn2::Item::Const(item) if item.ident == "_");
    let ours = file.items.iter().filter(is_ours).cloned().collect();
    let lines = prettyplease::unparse(&syn2::File { shebang: None, attrs: Vec::new(), items: ours }).lines().count();
    let text = format!("// {lines} lines beside the items\n\n{}", prettyplease::unparse(&file));
    if env::var_os("UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    } else {
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert!(text == expected, "{} has changed; look at it and run with UPDATE=1\n\n{text}", path.display());
    }
    lines
}

fn expanded(source: &str) -> syn2::File {
    let items = syn::parse_file(source).unwrap().items.into_iter().map(item);
    // No path of this machine.
    let tokens = quote!(#(#items)*).to_string().replace(env!("CARGO_MANIFEST_DIR"), "$DIR");
    let mut file = syn2::parse_file(&tokens).unwrap_or_else(|error| panic!("{error}: {tokens}"));
    file.items.iter_mut().for_each(called);
    file
}

/// Nobody knows how the inside of a macro is to be printed, so `submit!` looks like a call.
fn called(item: &mut syn2::Item) {
    let syn2::Item::Const(syn2::ItemConst { expr, .. }) = item else { return };
    let syn2::Expr::Block(syn2::ExprBlock { block, .. }) = &mut **expr else { return };
    for statement in &mut block.stmts {
        let macro_call = match statement {
            syn2::Stmt::Macro(call) => &call.mac,
            syn2::Stmt::Item(syn2::Item::Macro(item)) => &item.mac,
            _ => continue,
        };
        let (path, argument) = (&macro_call.path, macro_call.tokens.clone());
        *statement = syn2::parse2(quote!(#path(#argument);)).unwrap();
    }
}

/// What rustc does with an item: the outermost of our attributes gets its arguments, and the item without it.
fn item(mut item: Item) -> TokenStream {
    let attrs: &mut Vec<Attribute> = match &mut item {
        Item::Fn(item) => &mut item.attrs,
        Item::Struct(item) => &mut item.attrs,
        Item::Enum(item) => &mut item.attrs,
        other => return other.to_token_stream(),
    };
    let names = ["tool", "widget", "resource", "prompt", "data", "app"];
    let Some(at) = attrs.iter().position(|attr| names.iter().any(|name| attr.path().is_ident(name))) else {
        return item.to_token_stream();
    };
    let attr = attrs.remove(at);
    let args = if let Meta::List(list) = &attr.meta { list.tokens.clone() } else { TokenStream::new() };
    let item = item.into_token_stream();
    match attr.path().to_token_stream().to_string().as_str() {
        "tool" => expand(&attr::TOOL, args, item, check::tool, emit::tool),
        "widget" => expand(&attr::WIDGET, args, item, check::widget, emit::widget),
        "resource" => expand(&attr::RESOURCE, args, item, check::resource, emit::resource),
        "prompt" => expand(&attr::PROMPT, args, item, check::prompt, emit::prompt),
        "data" => expand(&attr::DATA, args, item, check::data, emit::data),
        _ => expand(&attr::APP, args, item, check::app, emit::app),
    }
}
