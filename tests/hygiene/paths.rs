//! The crate under other names, and nothing else in scope.

use serde_json::json;

/// Is in the way.
mod chatui {}
mod serde {}
mod schemars {}

mod again {
    pub(crate) use ::chatui as inner;
}

// Its tools come in by name.
use renamed_tools as _;

mod re_export {
    #[crate::paths::again::inner::data(crate = crate::paths::again::inner)]
    pub(super) enum Side {
        Left,
        Right,
    }

    /// A side.
    #[crate::paths::again::inner::widget("ui/card.html", text = "a side", crate = crate::paths::again::inner)]
    pub(super) struct SideCard {
        side: Side,
    }

    /// Shows a side.
    #[crate::paths::again::inner::tool(read_only, crate = crate::paths::again::inner)]
    pub(super) async fn side(side: Side) -> SideCard {
        SideCard { side }
    }
}

/// Goes the absolute way by itself.
#[::chatui::tool(read_only)]
fn absolute(name: String) -> String {
    name
}

#[tokio::test]
async fn the_crate_has_any_name() {
    let result = super::call("renamed_words", json!({ "words": { "words": ["a", "b"] } })).await;
    assert_eq!(result["structuredContent"], json!({ "first": "a", "others": { "words": ["b"] } }));
    assert_eq!(result["_meta"]["chatui/uiOnly"], json!({ "count": 1 }));
    assert_eq!(super::data("side", json!({ "side": "Left" })).await, r#"{"side":"Left"}"#);
    assert_eq!(super::say("absolute", json!({ "name": "x" })).await, "x");
    assert_eq!(super::read("words://hello").await["text"], "hello");
}
