//! Constraints that fit no type keep an app from starting, with the tool, the parameter and what to write.

use chatui::{App, data, tool};

#[data]
struct Code {
    #[schemars(regex(pattern = "^(?=.*a)"))]
    text: String,
}

/// The macro refuses what it can see; an alias it can't see through.
type Name = String;
type Small = u8;

/// Has rules that fit nothing.
#[tool(read_only)]
fn unfit(
    #[arg(range = 1..=7)] name: Name,
    #[arg(length = ..=2)] number: Small,
    #[arg(range = 300..=400)] small: Small,
    #[arg(pattern = "^[A-Z")] airport: String,
    code: Code,
) -> String {
    format!("{name} {number} {small} {airport} {}", code.text)
}

#[data]
struct Nested {
    #[serde(default = "nine")]
    #[schemars(range(max = 5))]
    low: i32,
    #[schemars(range(min = 5, max = 1))]
    crossed: i32,
}

fn nine() -> i32 {
    9
}

/// Has such rules inside of a type.
#[tool(read_only)]
fn nested(all: Nested) -> i32 {
    all.low + all.crossed
}

#[derive(Default)]
#[data]
struct Options {
    #[schemars(range(min = 1))]
    number: i32,
}

/// Has defaults that are made, and that its own rules refuse.
#[tool(read_only)]
fn made(#[arg(default = nine(), range = 1..=5)] late: i32, #[arg(default)] options: Options) -> i32 {
    late + options.number
}

/// Has a default that its own rule refuses.
#[tool(read_only)]
fn defaulted(#[arg(pattern = "^[A-Z]{3}$", default = "bern")] town: Name) -> String {
    town
}

#[test]
fn rules_that_do_not_fit_are_listed() {
    let mistakes = App::new().build().err().unwrap();
    let mistakes: Vec<&str> = mistakes.iter().collect();
    let expected = [
        "`range` is for numbers, and `name` is of string type; take it away, or constrain the type's fields with #[schemars(…)]",
        "`length` is for strings, lists and maps, and `number` is of integer type; take it away, or constrain the type's fields with #[schemars(…)]",
        "the range of `small` has nothing that fits its type; take another type",
        "the pattern `^[A-Z` of `airport` can't be used: a `[` is not closed",
        "the pattern `^(?=.*a)` of `code` can't be used: hosts disagree about `(?=`; write it without lookaround and flags",
    ];
    for expected in expected {
        let named = |mistake: &&str| mistake.starts_with("tool `unfit` (tests/rules.rs:") && mistake.ends_with(expected);
        assert!(mistakes.iter().any(named), "{expected}\n{mistakes:#?}");
    }
    let default = "the default of `town` is \"bern\"; expected a string that matches `^[A-Z]{3}$`";
    assert!(mistakes.iter().any(|mistake| mistake.starts_with("tool `defaulted`") && mistake.ends_with(default)), "{mistakes:#?}");
    let nested: Vec<&str> =
        mistakes.iter().filter_map(|mistake| mistake.strip_prefix("tool `nested` ")?.split_once(": ")).map(|(_, why)| why).collect();
    assert_eq!(
        nested,
        [
            "the default of `all.low` is 9; expected an integer from -2147483648 to 5",
            "`all.crossed` can have no value: at least 5 and at most 1; swap them",
        ]
    );
    for made in [
        "the default of `late` is 9; expected an integer from 1 to 5",
        "the default of `options.number` is 0; expected an integer from 1 to 2147483647",
    ] {
        assert!(mistakes.iter().any(|mistake| mistake.starts_with("tool `made`") && mistake.ends_with(made)), "{mistakes:#?}");
    }
    assert_eq!(mistakes.len(), expected.len() + 5, "{mistakes:#?}");
}
