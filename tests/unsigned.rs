//! An app that asks for users who can't be there does not start, and says what to write.

use chatui::{App, Auth, Profile, User, tool};

/// Wants a user, and lets anybody in.
#[tool(read_only, auth(none))]
fn open(user: &User) -> String {
    user.subject().to_owned()
}

/// Wants a scope.
#[tool(writes, auth(scopes("list:write")))]
fn add() {}

/// Says who it is, to be asked about somebody.
#[tool(read_only)]
fn profile(of: String, user: &User) -> Profile {
    Profile { id: of, ..Profile::of(user) }
}

/// Wants a user.
#[tool(read_only)]
fn show(user: &User) -> String {
    user.subject().to_owned()
}

fn mistakes(app: App, only: &[&str]) -> Vec<String> {
    let mistakes = app.only(only.iter().copied()).build().err().map(|mistakes| mistakes.iter().map(str::to_owned).collect());
    mistakes.unwrap_or_default()
}

#[test]
fn without_somebody_who_gives_tokens_nobody_can_be_signed_in() {
    let told = mistakes(App::new(), &["add", "show"]);
    assert_eq!(told.len(), 2, "{told:#?}");
    let add = "and nobody can sign in to this app; add `.auth(Auth::issuer(\"https://…\"))` to the App of the #[chatui::app] fn";
    assert!(
        told[0].starts_with("`add` (tests/unsigned.rs:") && told[0].contains(") says `auth(…)`, ") && told[0].contains(add),
        "{}",
        told[0]
    );
    assert!(
        told[1].starts_with("`show` (tests/unsigned.rs:") && told[1].contains(") borrows `&User`, ") && told[1].contains(add),
        "{}",
        told[1]
    );
}

#[test]
fn a_tool_that_is_open_to_all_has_no_user() {
    let told = mistakes(App::new().auth(Auth::issuer("https://auth.example.com")), &["open", "show"]);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].starts_with("`open` (tests/unsigned.rs:") && told[0].contains("take `cx: &Context` and ask `cx.user()`"),
        "{}",
        told[0]
    );
}

#[test]
fn chatgpt_asks_for_a_profile_without_arguments() {
    let told = mistakes(App::new().auth(Auth::issuer("https://auth.example.com")), &["profile"]);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("make it `#[tool(read_only)]` with `user: &User` alone"), "{}", told[0]);
}

#[test]
fn an_issuer_that_is_no_address_is_named() {
    let told = mistakes(App::new().auth(Auth::issuer("http://auth.example.com")), &["show"]);
    assert_eq!(told, ["the issuer `http://auth.example.com` does not start with `https://`; write it like `https://auth.example.com`"]);
}
