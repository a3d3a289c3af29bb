//! Parameters: what is owned comes from the model, what is borrowed from the app. And `#[arg]`.

use super::tool::{json, written};
use crate::{
    attr::{self, ARG, Args},
    doc::Doc,
    errors::Errors,
    item::{cfg, ends_with},
    model::{Fallback, Number, Owned, Param, Rule},
};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Expr, ExprLit, ExprRange, ExprUnary, FnArg, Lit, Meta, Pat, PatType, RangeLimits, Token, Type, TypeReference, UnOp, ext::IdentExt,
    punctuated::Punctuated,
};

pub(super) fn params(inputs: &Punctuated<FnArg, Token![,]>, attribute: &str, errors: &mut Errors) -> Vec<Param> {
    let mut params: Vec<Param> = Vec::new();
    for input in inputs {
        let Some(param) = param(input, attribute, errors) else { continue };
        if let Param::Owned(Owned { key, .. }) = &param
            && params.iter().any(|other| matches!(other, Param::Owned(other) if other.key == *key))
        {
            errors.at(input, format!("another parameter is named `{key}` for the model; rename one of them"));
        }
        params.push(param);
    }
    params
}

fn param(input: &FnArg, attribute: &str, errors: &mut Errors) -> Option<Param> {
    let parameter = match input {
        FnArg::Receiver(receiver) => {
            errors.at(
                receiver,
                format!(
                    "a {attribute} is a free function; borrow what `self` would hold, `state: &YourState`, and give it with `App::state`"
                ),
            );
            return None;
        }
        FnArg::Typed(parameter) => parameter,
    };
    if let Some(attr) = cfg(&parameter.attrs) {
        errors.at(attr, "a parameter can't depend on #[cfg]: the schema would; put the #[cfg] on two versions of the fn");
    }
    let Pat::Ident(pattern) = &*parameter.pat else {
        errors.at(&parameter.pat, format!("a {attribute} parameter needs a plain name, which the model reads; take it apart in the body"));
        return None;
    };
    match peeled(&parameter.ty) {
        Type::Reference(reference) => {
            if let Some(attr) = parameter.attrs.iter().find(|attr| attr.path().is_ident("arg")) {
                errors.at(attr, "#[arg] is for what the model sends; this comes from the app, remove the attribute");
            }
            lent(reference, errors).map(Param::Lent)
        }
        Type::ImplTrait(ty) => {
            errors.at(ty, "`impl Trait` has no schema; write the type that the model should send");
            None
        }
        ty => Some(Param::Owned(owned(parameter, pattern.ident.unraw().to_string(), ty, errors))),
    }
}

/// A type without the invisible parentheses of a `macro_rules!` and the visible ones of a person.
fn peeled(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => peeled(&group.elem),
        Type::Paren(paren) => peeled(&paren.elem),
        other => other,
    }
}

/// The names are looked at only to refuse what can't be meant.
fn lent(reference: &TypeReference, errors: &mut Errors) -> Option<Type> {
    if reference.mutability.is_some() {
        errors.at(reference, "the app lends `&T`, many calls at once; put what changes behind a Mutex or an atomic in your state");
        return None;
    }
    let collections = ["Vec", "Option", "HashMap", "BTreeMap", "HashSet", "BTreeSet"];
    let instead = match &*reference.elem {
        Type::Path(path) if ends_with(&path.path, &["str", "String"]) => Some("String".to_owned()),
        Type::Slice(slice) => Some(format!("Vec<{}>", written(&slice.elem))),
        Type::Path(path) if ends_with(&path.path, &collections) => Some(written(path)),
        _ => None,
    };
    if let Some(instead) = instead {
        errors.at(reference, format!("what comes from the model is owned; write `{instead}` (a `&T` is what the app lends)"));
        return None;
    }
    if let Some(lifetime) = &reference.lifetime {
        errors.at(lifetime, "what the app lends lasts as long as the call; write `&T` without a lifetime");
        return None;
    }
    Some((*reference.elem).clone())
}

fn owned(parameter: &PatType, ident: String, ty: &Type, errors: &mut Errors) -> Owned {
    let args = arg(parameter, errors);
    if let Some(name) = args.text("name").filter(|name| name.value().is_empty()) {
        errors.at(name, "the name is empty; the model sends the argument under it");
    }
    let rules = rules(&args, errors);
    let default = default(&args, ty, &rules, errors);
    let key = args.text("name").map_or(ident, syn::LitStr::value);
    Owned { key, ty: ty.clone(), about: Doc::of(&parameter.attrs), default, rules }
}

fn arg(parameter: &PatType, errors: &mut Errors) -> Args {
    let mut marks = parameter.attrs.iter().filter(|attr| attr.path().is_ident("arg"));
    let tokens = match marks.next().map(|attr| &attr.meta) {
        Some(Meta::List(list)) => list.tokens.clone(),
        Some(other) => {
            errors.at(other, "#[arg] wants a key; write `#[arg(default = …)]`, or leave it out");
            TokenStream::new()
        }
        None => TokenStream::new(),
    };
    if let Some(second) = marks.next() {
        errors.at(second, "a parameter has one #[arg]; put the keys together");
    }
    attr::parse(&ARG, tokens, errors)
}

fn default(args: &Args, ty: &Type, rules: &[Rule], errors: &mut Errors) -> Option<Fallback> {
    let key = args.key("default")?;
    if let Type::Path(path) = ty
        && ends_with(&path.path, &["Option"])
    {
        errors.at(key, "an `Option` is `None` when absent; drop the `Option` to have a default, or the default");
    }
    let Some(expr) = args.expr("default") else { return Some(Fallback::Default) };
    for rule in rules {
        if let (Rule::Range { min, max, exclusive }, Some(value)) = (rule, number(expr)) {
            let low = min.is_some_and(|min| value.less(min));
            let high = max.is_some_and(|max| max.less(value) || (*exclusive && max == value));
            if low || high {
                errors.at(expr, "the default is outside of `range`; a call without the argument could never succeed");
            }
        }
    }
    Some(json(expr).map_or_else(|| Fallback::Made(expr.clone()), Fallback::Literal))
}

fn rules(args: &Args, errors: &mut Errors) -> Vec<Rule> {
    let mut rules = Vec::new();
    rules.extend(args.expr("range").and_then(|expr| range(expr, errors)));
    rules.extend(args.expr("length").and_then(|expr| length(expr, errors)));
    rules.extend(args.text("pattern").cloned().map(Rule::Pattern));
    rules
}

fn range(expr: &Expr, errors: &mut Errors) -> Option<Rule> {
    let Some((min, max, exclusive)) = bounds(expr) else {
        errors.at(expr, "`range` takes numbers; write `range = 0..=7`, `range = 1..` or `range = 0.0..1.0`");
        return None;
    };
    if let (Some(min), Some(max)) = (min, max)
        && (max.less(min) || (exclusive && max == min))
    {
        errors.at(expr, "the range is empty; the smaller number comes first");
        return None;
    }
    Some(Rule::Range { min, max, exclusive })
}

fn length(expr: &Expr, errors: &mut Errors) -> Option<Rule> {
    let whole = |number: Option<Number>| match number {
        Some(Number::Whole(number)) => usize::try_from(number).ok().map(Some),
        Some(Number::Real(_)) => None,
        None => Some(None),
    };
    let read = match number(expr) {
        Some(exact) => whole(Some(exact)).map(|exact| (exact, exact)),
        None => bounds(expr).and_then(|(min, max, exclusive)| {
            let max = whole(max)?.map(|max| if exclusive { max.saturating_sub(1) } else { max });
            Some((whole(min)?, max))
        }),
    };
    let Some((min, max)) = read else {
        errors.at(expr, "`length` takes whole numbers; write `length = 1..=20`, `length = ..=20` or `length = 5`");
        return None;
    };
    if let (Some(min), Some(max)) = (min, max)
        && max < min
    {
        errors.at(expr, "the length is impossible; the smaller number comes first");
        return None;
    }
    Some(Rule::Length { min, max })
}

fn bounds(expr: &Expr) -> Option<(Option<Number>, Option<Number>, bool)> {
    let Expr::Range(ExprRange { start, end, limits, .. }) = expr else { return None };
    let side = |side: &Option<Box<Expr>>| match side {
        Some(expr) => number(expr).map(Some),
        None => Some(None),
    };
    let (min, max) = (side(start)?, side(end)?);
    (min.is_some() || max.is_some()).then_some((min, max, matches!(limits, RangeLimits::HalfOpen(_))))
}

fn number(expr: &Expr) -> Option<Number> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok().map(Number::Whole),
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => number.base10_parse().ok().map(Number::Real),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => match number(expr)? {
            Number::Whole(number) => Some(Number::Whole(-number)),
            Number::Real(number) => Some(Number::Real(-number)),
        },
        _ => None,
    }
}

impl Number {
    fn less(self, other: Number) -> bool {
        match (self, other) {
            (Number::Whole(a), Number::Whole(b)) => a < b,
            _ => self.real() < other.real(),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "compared with a float, which is no more precise")]
    fn real(self) -> f64 {
        match self {
            Number::Whole(number) => number as f64,
            Number::Real(number) => number,
        }
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
