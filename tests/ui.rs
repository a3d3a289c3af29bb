//! Mistakes as the compiler shows them: one message each, on the token that has to change.

#[test]
fn mistakes() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*.rs");
}
