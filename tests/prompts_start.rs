//! What keeps an app from starting: two prompts with one name, rules that no value fits, what is borrowed and not lent, and
//! templates that fit one address.

use chatui::{App, User, data, prompt, resource, tool};

struct Guide;

/// A first.
#[prompt]
fn first(guide: &Guide) -> String {
    let Guide = guide;
    String::new()
}

/// The same name.
#[prompt(name = "first")]
fn second() -> String {
    String::new()
}

/// The attribute knows `u8`, and not what an alias stands for.
type Small = u8;

/// A default that its type does not take.
#[prompt]
fn third(#[arg(default = 300)] small: Small) -> String {
    small.to_string()
}

/// What nobody types.
#[data]
struct Stay {
    city: String,
}

/// A struct as an argument.
#[prompt]
fn staying(stay: Option<Stay>) -> String {
    stay.map_or_else(String::new, |stay| stay.city)
}

/// Wants a user.
#[prompt]
fn fourth(user: &User) -> String {
    user.subject().to_owned()
}

/// Wants a user that anybody is.
#[prompt(auth(none))]
fn fifth(user: &User) -> String {
    user.subject().to_owned()
}

/// One template.
#[resource("notes://{id}")]
fn note(id: u32) -> String {
    id.to_string()
}

/// Another one that fits the same addresses.
#[resource("notes://{name}")]
fn named(name: String) -> String {
    name
}

/// One more, of another kind.
#[resource("deep://{x}/b")]
fn deep(x: String) -> String {
    x
}

/// And what it meets.
#[resource("deep://c/{y}")]
fn deeper(y: String) -> String {
    y
}

/// A fixed address that a template fits is meant.
#[resource("notes://all")]
fn all() -> &'static str {
    "all"
}

/// A tool.
#[tool(read_only)]
fn works() {}

#[test]
fn everything_wrong_is_listed() {
    let mistakes = App::new().build().err().unwrap();
    let mistakes: Vec<&str> = mistakes.iter().collect();
    let [deep, notes, names, typed, default, missing, open, nobody] = mistakes.as_slice() else { panic!("{mistakes:#?}") };
    assert!(
        missing.starts_with("`first` (tests/prompts_start.rs:")
            && missing.contains("borrows `&prompts_start::Guide`, which the app does not lend"),
        "{missing}"
    );
    assert!(open.starts_with("`fifth` (tests/prompts_start.rs:") && open.contains("anybody may call it"), "{open}");
    assert!(nobody.starts_with("`fourth` (tests/prompts_start.rs:") && nobody.contains("nobody can sign in to this app"), "{nobody}");
    assert!(
        names.starts_with("two prompts are named `first`, at tests/prompts_start.rs:") && names.ends_with("or give it `name = \"…\"`"),
        "{names}"
    );
    assert!(
        default.starts_with("prompt `third` (tests/prompts_start.rs:")
            && default.ends_with("the default of `small` is 300; expected an integer from 0 to 255"),
        "{default}"
    );
    assert!(
        typed.starts_with("prompt `staying` (tests/prompts_start.rs:")
            && typed.ends_with(
                "a person types its argument `stay`, which is a list or an object; take a text, a number, a `bool` or an enum without data"
            ),
        "{typed}"
    );
    assert!(deep.starts_with("`deep://c/b` fits the addresses `deep://c/{y}` (tests/prompts_start.rs:"), "{deep}");
    assert!(
        deep.contains("and `deep://{x}/b` (tests/prompts_start.rs:") && deep.ends_with("write another word or scheme into one of them"),
        "{deep}"
    );
    assert!(notes.starts_with("`notes://x` fits the addresses `notes://{id}` (tests/prompts_start.rs:"), "{notes}");
}
