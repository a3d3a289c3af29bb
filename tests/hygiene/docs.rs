//! Doc comments of every kind reach the model as they are read.

use serde_json::json;

/// Says "hello" to {name}, costs 5 % and \ is a backslash.
///
///   * indented
///
/// Über alles: `{}` \n "#"
#[chatui::tool(read_only)]
fn doc_quotes(
    /// A "name" in {braces}.
    name: String,
) -> String {
    name
}

/** Stands in a block. */
#[chatui::tool(read_only)]
fn doc_block(
    /** In a block too. */
    name: String,
) -> String {
    name
}

/**
 * Stands in a block
 * with stars.
 *
 *   - indented
 */
#[chatui::tool(read_only)]
fn doc_stars(
    /**
     A block
     without stars.
    */
    name: String,
) -> String {
    name
}

#[doc = include_str!("docs.txt")]
#[chatui::tool(read_only)]
fn doc_file(#[doc = include_str!("docs.txt")] name: String) -> String {
    name
}

/// Before.
#[doc = include_str!("docs.txt")]
/// Behind.
#[chatui::tool(read_only)]
fn doc_mixed() {}

#[chatui::tool(read_only)]
/// Stands below.
#[doc(alias = "below")]
fn doc_below() {}

/// A card.
#[chatui::widget("ui/card.html", text = "{{{front}}} \"quoted\" {front:>3}")]
struct DocCard {
    /// The "front".
    #[doc = " And {more}."]
    front: u8,
}

/// Is drawn.
#[chatui::tool(read_only)]
fn doc_card() -> DocCard {
    DocCard { front: 1 }
}

#[tokio::test]
async fn the_model_reads_the_docs() {
    let text = async |name: &str| super::listed(name).await["description"].as_str().unwrap().to_owned();
    let of_name = async |name: &str| super::listed(name).await["inputSchema"]["properties"]["name"]["description"].take();
    assert_eq!(
        text("doc_quotes").await,
        "Says \"hello\" to {name}, costs 5 % and \\ is a backslash.\n\n  * indented\n\nÜber alles: `{}` \\n \"#\""
    );
    assert_eq!(of_name("doc_quotes").await, "A \"name\" in {braces}.");
    assert_eq!((text("doc_block").await.as_str(), of_name("doc_block").await), ("Stands in a block.", json!("In a block too.")));
    assert_eq!(text("doc_stars").await, "Stands in a block\nwith stars.\n\n  - indented");
    assert_eq!(of_name("doc_stars").await, "A block\nwithout stars.");
    assert_eq!((text("doc_file").await.as_str(), of_name("doc_file").await), ("From a \"file\".\n\n{}", json!("From a \"file\".\n\n{}")));
    assert_eq!(text("doc_mixed").await, "Before.\nFrom a \"file\".\n\n{}\n\nBehind.");
    assert_eq!(text("doc_below").await, "Stands below.");
}

#[tokio::test]
async fn a_text_has_the_format_of_std() {
    assert_eq!(super::say("doc_card", json!({})).await, "{1} \"quoted\"   1");
    let schema = super::listed("doc_card").await["outputSchema"].take();
    assert_eq!(schema["properties"]["front"]["description"], "The \"front\".\nAnd {more}.");
}
