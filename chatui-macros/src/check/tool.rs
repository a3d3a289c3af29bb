//! `#[tool]`.

use super::{
    access::access,
    allow,
    arg::{self, Of},
    icon, krate, name, no_generics, output, plain_fn, said, secret, title,
};
use crate::{
    attr::{Args, comma},
    doc::Doc,
    errors::Errors,
    item::Function,
    model::{Audience, Effect, Tool},
};
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{
    Expr, ExprLit, ExprUnary, FnArg, Lit, LitStr, Signature, Token, UnOp,
    ext::IdentExt,
    parse::{ParseStream, Parser},
};

pub(crate) fn tool(args: &Args, item: &Function, errors: &mut Errors) -> Option<Tool> {
    let sig = &item.sig;
    let ident = &sig.ident;
    let about = Doc::of(&item.attrs);
    if about.is_empty() {
        errors.at(ident, "missing doc comment; the model decides by it when to call this tool, so write `/// Use this when …` above");
    }
    let effect = effect(args, ident, errors);
    plain_fn(item, "#[tool]", errors);
    no_generics(&sig.generics, "a #[tool] can't be generic, it has one schema; write the types out", errors);
    if let (Some(key), Some(_)) = (args.key("blocking"), sig.asyncness) {
        errors.at(key, "`blocking` is for a plain fn that waits; an `async fn` waits with `.await` and holds nobody up");
    }
    asks(args, sig, errors);
    if !allow(args, &[secret::CODE], errors).iter().any(|code| code == secret::CODE) {
        if let Some(meta) = args.group("meta") {
            secret::refuse(meta.clone(), "`meta`", errors);
        }
        for input in &sig.inputs {
            let attrs = match input {
                FnArg::Receiver(receiver) => &receiver.attrs,
                FnArg::Typed(parameter) => &parameter.attrs,
            };
            for list in attrs.iter().filter(|attr| attr.path().is_ident("arg")).filter_map(|attr| attr.meta.require_list().ok()) {
                secret::refuse(list.tokens.clone(), "a default", errors);
            }
        }
    }
    let params = arg::params(&sig.inputs, Of::Tool, errors);
    let tool = Tool {
        krate: krate(args, errors),
        ident: ident.clone(),
        name: name(args.text("name"), ident, ident.unraw().to_string(), errors),
        title: title(args, ident, errors),
        about,
        effect: effect.unwrap_or(Effect::ReadOnly),
        open_world: args.key("open_world").is_some(),
        idempotent: args.key("idempotent").is_some(),
        invoking: status(args, "invoking", errors),
        invoked: status(args, "invoked", errors),
        examples: said(args, "examples", errors),
        audience: audience(args, errors),
        access: access(args, errors),
        icon: icon(args, errors),
        schema: args.path("schema").cloned(),
        meta: args.group("meta").map(|tokens| meta(tokens, errors)).unwrap_or_default(),
        timeout: args.text("timeout").and_then(|text| timeout(text, errors)),
        blocking: args.key("blocking").is_some(),
        asks: args.key("asks").is_some(),
        is_async: sig.asyncness.is_some(),
        params,
        output: output(&sig.output, errors),
    };
    effect.map(|_| tool)
}

fn effect(args: &Args, ident: &Ident, errors: &mut Errors) -> Option<Effect> {
    let given = args.among(&["read_only", "writes", "destructive"]);
    let Some((first, others)) = given.split_first() else {
        let ways = "#[tool(read_only)], #[tool(writes)] or #[tool(destructive)]";
        // A key that could not be read may have been the effect.
        if !args.broken {
            errors.at(ident, format!("missing effect; say what the tool does to the world: {ways}"));
        }
        return None;
    };
    for other in others {
        errors.at(other, format!("`{other}` contradicts `{first}`; a tool has exactly one effect, keep the stronger one"));
    }
    Some(match first.to_string().as_str() {
        "read_only" => Effect::ReadOnly,
        "writes" => Effect::Writes,
        _ => Effect::Destructive,
    })
}

/// Whoever asks waits for an answer.
pub(super) fn asks(args: &Args, sig: &Signature, errors: &mut Errors) {
    if let (Some(key), None) = (args.key("asks"), sig.asyncness) {
        errors.at(key, "`asks` is for an `async fn`, which waits for the answer with `cx.ask(…).await`; write `async fn`");
    }
}

fn audience(args: &Args, errors: &mut Errors) -> Audience {
    if let [_, second, ..] = args.among(&["app_only", "model_only"]).as_slice() {
        errors.at(second, "`app_only` and `model_only` contradict each other; leave both out for a tool that both may call");
    }
    match (args.key("app_only"), args.key("model_only")) {
        (Some(_), _) => Audience::App,
        (_, Some(_)) => Audience::Model,
        _ => Audience::Both,
    }
}

/// What ChatGPT shows while and after a tool runs; longer texts are refused by it.
fn status(args: &Args, key: &str, errors: &mut Errors) -> Option<LitStr> {
    let text = args.text(key)?;
    let length = text.value().chars().count();
    if !(1..=64).contains(&length) {
        errors.at(text, format!("`{key}` has {length} characters; write 1 to 64, ChatGPT shows no more"));
    }
    Some(text.clone())
}

fn timeout(text: &LitStr, errors: &mut Errors) -> Option<u64> {
    let value = text.value();
    let digits = value.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let factor = match &value[digits.len()..] {
        "ms" => Some(1),
        "s" => Some(1000),
        "m" => Some(60_000),
        _ => None,
    };
    let time = digits.parse::<u64>().ok().zip(factor).and_then(|(number, factor)| number.checked_mul(factor));
    let time = time.filter(|time| *time > 0);
    if time.is_none() {
        errors.at(text, format!("`{value}` is not a time; write a whole number and its unit, like \"30s\", \"500ms\" or \"2m\""));
    }
    time
}

/// `meta("com.example/key" = 1, …)`: keys and JSON texts.
fn meta(tokens: &TokenStream, errors: &mut Errors) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    let read = |input: ParseStream| {
        while !input.is_empty() {
            let key: LitStr = input.parse()?;
            input.parse::<Token![=]>()?;
            let value: Expr = input.parse()?;
            let name = key.value();
            match json(&value) {
                Some(_) if all.iter().any(|(other, _)| *other == name) => errors.at(&key, format!("`{name}` is given twice; keep one")),
                Some(_) if ours(&name) => errors.at(&key, format!("`{name}` is written by chatui; leave it out")),
                Some(json) => all.push((name, json)),
                None => errors.at(&value, "a value of `meta` is a text, a number, `true` or `false`"),
            }
            comma(input, errors);
        }
        Ok(())
    };
    if let Err(error) = read.parse2(tokens.clone()) {
        errors.push(syn::Error::new(error.span(), "`meta` takes keys and values; write `meta(\"com.example/key\" = 1)`"));
    }
    all
}

/// Keys that say what other keys of the attribute say, or that the protocol keeps to itself.
fn ours(key: &str) -> bool {
    let written = [
        "ui",
        "ui/resourceUri",
        "openai/outputTemplate",
        "openai/widgetAccessible",
        "openai/visibility",
        "openai/fileParams",
        "securitySchemes",
    ];
    let families = ["openai/toolInvocation/", "chatui/", "io.modelcontextprotocol/"];
    written.contains(&key) || families.iter().any(|family| key.starts_with(family))
}

/// An expression without parentheses: `macro_rules!` puts invisible ones.
pub(super) fn bare(expr: &Expr) -> &Expr {
    match expr {
        Expr::Group(inner) => bare(&inner.expr),
        Expr::Paren(inner) => bare(&inner.expr),
        other => other,
    }
}

/// A literal as JSON text.
pub(super) fn json(expr: &Expr) -> Option<String> {
    match bare(expr) {
        Expr::Lit(ExprLit { lit, .. }) => match lit {
            Lit::Str(text) => Some(quoted(&text.value())),
            Lit::Int(number) => Some(number.base10_digits().to_owned()),
            Lit::Float(number) => number.base10_parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| format!("{number:?}")),
            Lit::Bool(bool) => Some(bool.value.to_string()),
            Lit::Char(letter) => Some(quoted(&letter.value().to_string())),
            _ => None,
        },
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => {
            let number = json(expr).filter(|json| json.starts_with(|first: char| first.is_ascii_digit()))?;
            Some(format!("-{number}"))
        }
        _ => None,
    }
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut json = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => json.push_str("\\\""),
            '\\' => json.push_str("\\\\"),
            control if control < ' ' => json.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => json.push(other),
        }
    }
    json.push('"');
    json
}

/// The tokens of a type, as a person writes them.
pub(super) fn written(tokens: &impl ToTokens) -> String {
    let spaced = tokens.to_token_stream().to_string();
    let mut words = spaced.split(' ').peekable();
    let mut text = String::new();
    while let Some(word) = words.next() {
        text.push_str(word);
        let letter = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '+';
        let next = words.peek().is_some_and(|next| next.starts_with(letter));
        if (next && word.ends_with(letter)) || word.ends_with(',') {
            text.push(' ');
        }
    }
    text
}
