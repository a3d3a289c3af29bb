//! Two kinds of tools: one for each animal, and one whose arguments have constraints.

use crate::types;
use chatui::{Json, tool};
use serde_json::Value;
use std::collections::BTreeMap;

/// One tool for each: it takes a value and gives it back.
macro_rules! zoo {
    ($($name:literal: $type:ty),* $(,)?) => {
        $(
            const _: () = {
                /// Gives back what it takes.
                #[tool(read_only, name = $name)]
                fn echo(it: $type) -> Json<$type> {
                    Json(it)
                }
            };
        )*
        pub(crate) const NAMES: &[&str] = &[$($name),*];
    };
}

zoo! {
    "i8": i8, "i16": i16, "i32": i32, "i64": i64, "i128": i128, "isize": isize,
    "u8": u8, "u16": u16, "u32": u32, "u64": u64, "u128": u128, "usize": usize,
    "non_zero_u8": std::num::NonZeroU8, "non_zero_i32": std::num::NonZeroI32,
    "f32": f32, "f64": f64, "bool": bool, "char": char, "string": String,
    "option": Option<u8>, "option_option": Option<Option<String>>,
    "vec": Vec<String>, "array": [u8; 3], "pair_of_floats": (f64, f64), "tuple": (String, u8, Option<bool>),
    "value": Value, "collections": types::Collections, "anything": types::Anything, "result": Result<u8, String>,
    "stop": types::Stop, "option_stop": Option<types::Stop>, "journey": types::Journey, "page": types::Page<types::Stop>,
    "tree": types::Tree, "folder": types::Folder, "term": types::Term,
    "plain": types::Plain, "documented": types::Documented, "documents": types::Documents, "option_documented": Option<types::Documented>,
    "external": types::External, "internal": types::Internal, "adjacent": types::Adjacent, "untagged": types::Untagged,
    "option_external": Option<types::External>, "option_internal": Option<types::Internal>,
    "flat": types::Flat, "flat_enum": types::FlatEnum, "flat_enums": types::FlatEnums, "flat_map": types::FlatMap, "strict": types::Strict,
    "renamed": types::Renamed, "defaults": types::Defaults, "skipped": types::Skipped, "constrained": types::Constrained,
    "transparent": types::Transparent, "metres": types::Metres, "pair": types::Pair, "unit": types::Unit, "empty": types::Empty,
    "times": types::Times,
}

/// Constraints of the arguments themselves, in every way that a range is written.
#[tool(read_only)]
#[allow(clippy::too_many_arguments)]
fn rules(
    #[arg(range = 1..=7)] days: u8,
    #[arg(range = ..0)] below: Option<i64>,
    #[arg(range = 0.5..1.0)] share: f64,
    #[arg(length = 1..=3)] name: String,
    #[arg(length = ..=2)] tags: Vec<types::Plain>,
    #[arg(length = 1)] map: BTreeMap<String, bool>,
    #[arg(pattern = "^[A-Z]{3}$", default = "BRN")] airport: String,
) -> String {
    format!("{days} {below:?} {share} {name} {tags:?} {map:?} {airport}")
}
