//! What `#[arg]` says about values: bounds, and defaults within them.

use super::{
    peeled,
    tool::{bare, json, written},
};
use crate::{
    attr::Args,
    errors::Errors,
    item::ends_with,
    model::{Fallback, Number, Rule},
};
use syn::{Expr, ExprLit, ExprRange, ExprUnary, GenericArgument, Lit, LitStr, PathArguments, RangeLimits, Type, UnOp};

/// Types that everybody knows by name. Of all others only the compiler and the start of the app know more.
#[derive(Clone, Copy, PartialEq)]
enum Known {
    Whole { min: i128, max: i128 },
    Real,
    Text,
    Letter,
    Bool,
}

pub(super) fn rules(args: &Args, ty: &Type, errors: &mut Errors) -> Vec<Rule> {
    let known = known(inner(ty).unwrap_or(ty));
    let number = matches!(known, Some(Known::Whole { .. } | Known::Real));
    for (key, fits, instead) in [
        ("range", known.is_none() || number, "a number"),
        ("length", known.is_none() || known == Some(Known::Text), "a text or a list"),
        ("pattern", known.is_none() || known == Some(Known::Text), "a text"),
    ] {
        if let (Some(key), false) = (args.key(key), fits) {
            errors.at(key, format!("`{key}` bounds {instead}, which this is not; remove it"));
        }
    }
    let mut rules = Vec::new();
    rules.extend(args.expr("range").and_then(|expr| range(expr, errors)));
    rules.extend(args.expr("length").and_then(|expr| length(expr, errors)));
    rules.extend(args.text("pattern").cloned().map(Rule::Pattern));
    rules
}

pub(super) fn default(args: &Args, ty: &Type, rules: &[Rule], errors: &mut Errors) -> Option<Fallback> {
    let key = args.key("default")?;
    if inner(ty).is_some() {
        errors.at(key, "an `Option` is `None` when absent; drop the `Option` to have a default, or the default");
        return None;
    }
    let Some(expr) = args.expr("default") else { return Some(Fallback::Default) };
    let Some(json) = json(expr) else { return Some(Fallback::Made(expr.clone())) };
    if known(ty).is_some_and(|known| !known.holds(expr)) {
        errors.at(expr, format!("{json} is no `{}`; write a value of the parameter's type", written(ty)));
    } else if let Some(rule) = rules.iter().find_map(|rule| rule.refuses(expr)) {
        errors.at(expr, format!("the default is outside of `{rule}`; a call without the argument could never succeed"));
    }
    Some(Fallback::Literal(json))
}

/// The `T` of an `Option<T>`.
fn inner(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = peeled(ty) else { return None };
    let last = path.path.segments.last().filter(|_| ends_with(&path.path, &["Option"]))?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| if let GenericArgument::Type(ty) = argument { Some(ty) } else { None })
}

fn known(ty: &Type) -> Option<Known> {
    let Type::Path(path) = peeled(ty) else { return None };
    let whole = |min, max| Some(Known::Whole { min, max });
    match path.path.get_ident()?.to_string().as_str() {
        "u8" => whole(0, u8::MAX.into()),
        "u16" => whole(0, u16::MAX.into()),
        "u32" => whole(0, u32::MAX.into()),
        "u64" | "usize" => whole(0, u64::MAX.into()),
        "u128" => whole(0, i128::MAX),
        "i8" => whole(i8::MIN.into(), i8::MAX.into()),
        "i16" => whole(i16::MIN.into(), i16::MAX.into()),
        "i32" => whole(i32::MIN.into(), i32::MAX.into()),
        "i64" | "isize" => whole(i64::MIN.into(), i64::MAX.into()),
        "i128" => whole(i128::MIN, i128::MAX),
        "f32" | "f64" => Some(Known::Real),
        "String" => Some(Known::Text),
        "char" => Some(Known::Letter),
        "bool" => Some(Known::Bool),
        _ => None,
    }
}

impl Known {
    /// Whether a literal is of the type.
    fn holds(self, expr: &Expr) -> bool {
        let literal = if let Expr::Lit(ExprLit { lit, .. }) = bare(expr) { Some(lit) } else { None };
        match self {
            Known::Whole { min, max } => matches!(number(expr), Some(Number::Whole(number)) if (min..=max).contains(&number)),
            Known::Real => number(expr).is_some(),
            Known::Text => matches!(literal, Some(Lit::Str(_) | Lit::Char(_))),
            Known::Letter => matches!(literal, Some(Lit::Char(_))),
            Known::Bool => matches!(literal, Some(Lit::Bool(_))),
        }
    }
}

impl Rule {
    /// The key of this rule, if it refuses a literal.
    fn refuses(&self, expr: &Expr) -> Option<&'static str> {
        match self {
            Rule::Range { min, max, exclusive } => {
                let value = number(expr)?;
                let low = min.is_some_and(|min| value.less(min));
                let high = max.is_some_and(|max| max.less(value) || (*exclusive && max == value));
                (low || high).then_some("range")
            }
            Rule::Length { min, max } => {
                let Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) = bare(expr) else { return None };
                let length = LitStr::value(text).chars().count();
                (min.is_some_and(|min| length < min) || max.is_some_and(|max| length > max)).then_some("length")
            }
            Rule::Pattern(_) => None,
        }
    }
}

fn range(expr: &Expr, errors: &mut Errors) -> Option<Rule> {
    let Some((min, max, exclusive)) = bounds(expr) else {
        errors.at(expr, "`range` takes numbers; write `range = 0..=7`, `range = 1..` or `range = 0.0..1.0`");
        return None;
    };
    if let (Some(min), Some(max)) = (min, max)
        && (max.less(min) || (exclusive && max == min))
    {
        errors.at(expr, "the range is empty; write the smaller number first, and `..=` to include the larger one");
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
        Some(exact) => whole(Some(exact)).map(|exact| (exact, exact, false)),
        None => bounds(expr).and_then(|(min, max, exclusive)| Some((whole(min)?, whole(max)?, exclusive))),
    };
    let Some((min, max, exclusive)) = read else {
        errors.at(expr, "`length` takes whole numbers; write `length = 1..=20`, `length = ..=20` or `length = 5`");
        return None;
    };
    // Up to but without 0 is nothing at all.
    let (last, nothing) = (max.map(|max| max.saturating_sub(exclusive.into())), exclusive && max == Some(0));
    if nothing || last.zip(min).is_some_and(|(last, min)| last < min) {
        errors.at(expr, "the length is impossible; write the smaller number first, and `..=` to include the larger one");
        return None;
    }
    Some(Rule::Length { min, max: last })
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

/// A number that is written out and finite.
pub(super) fn number(expr: &Expr) -> Option<Number> {
    match bare(expr) {
        Expr::Lit(ExprLit { lit: Lit::Int(number), .. }) => number.base10_parse().ok().map(Number::Whole),
        Expr::Lit(ExprLit { lit: Lit::Float(number), .. }) => {
            number.base10_parse().ok().filter(|number: &f64| number.is_finite()).map(Number::Real)
        }
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
    pub(super) fn real(self) -> f64 {
        match self {
            Number::Whole(number) => number as f64,
            Number::Real(number) => number,
        }
    }
}
