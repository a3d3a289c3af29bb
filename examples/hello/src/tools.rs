use chatui::tool;

/// Use this when the user wants somebody greeted.
#[tool(read_only)]
fn greet(
    /// Who is greeted, for example "Ada".
    name: String,
) -> String {
    format!("Hello, {name}!")
}

#[test]
fn greets_by_name() {
    assert_eq!(greet("Ada".into()), "Hello, Ada!");
}
