//! Tools and widgets inside of functions and modules, next to a fn's own names.

use serde_json::json;

mod outer {
    pub(super) mod inner {
        /// Stands deep.
        #[chatui::tool(read_only, name = "deep")]
        pub(in super::super) fn forecast(day: super::Day) -> String {
            day.0.to_string()
        }
    }

    #[chatui::data]
    pub(super) struct Day(pub(super) u8);

    /// Has the name of its module's neighbour.
    #[chatui::tool(read_only, name = "shallow")]
    pub(super) fn inner(day: Day) -> String {
        inner::forecast(day)
    }
}

// A name in three namespaces.
mod forecast {
    /// Is named like its module.
    #[chatui::tool(read_only)]
    pub(super) fn forecast() -> u8 {
        1
    }
}
use forecast::forecast;

fn function() -> u8 {
    const DAY: u8 = 3;

    #[chatui::data]
    struct Local {
        day: u8,
    }

    /// A card.
    #[chatui::widget("ui/card.html", text = describe)]
    struct LocalCard {
        local: Local,
    }

    fn describe(card: &LocalCard) -> String {
        format!("day {}", card.local.day)
    }

    /// Stands in a function.
    #[chatui::tool(read_only)]
    fn local(#[arg(default = DAY)] day: u8) -> LocalCard {
        LocalCard { local: Local { day } }
    }

    let closure = || {
        /// Stands in a closure.
        #[chatui::tool(read_only)]
        fn in_closure(#[arg(default = DAY)] day: u8) -> u8 {
            day
        }
        in_closure(4)
    };
    local(closure()).local.day
}

trait Plain {
    fn run() -> u8;
}

struct Runner;

impl Plain for Runner {
    fn run() -> u8 {
        /// Stands in a method.
        #[chatui::tool(read_only)]
        fn in_method() -> u8 {
            5
        }
        in_method()
    }
}

macro_rules! tools {
    ($($name:ident($title:literal, $least:expr, $state:ty, $of:ty): $type:ty = $value:expr;)*) => {$(
        #[doc = concat!("Answers ", stringify!($value), ".")]
        #[chatui::tool(read_only, title = $title)]
        fn $name(#[doc = $title] #[arg(default = $value, range = $least..)] value: $type, doubled: &$of, state: $state) -> $type {
            assert_eq!(doubled.0, state.0);
            value
        }
    )*};
}
tools! {
    six("The six", -1, &super::bare::Lent, super::bare::Lent): i8 = 6;
    seven("The \"seven\"", (0), &super::bare::Lent, super::bare::Lent): u64 = 3 + 4;
}

#[tokio::test]
async fn a_tool_stands_anywhere() {
    assert_eq!(super::say("deep", json!({ "day": 1 })).await, "1");
    assert_eq!(super::say("shallow", json!({ "day": 2 })).await, "2");
    assert_eq!(super::say("forecast", json!({})).await, "1");
    assert_eq!(super::say("local", json!({})).await, "day 3");
    assert_eq!(super::data("local", json!({ "day": 9 })).await, r#"{"local":{"day":9}}"#);
    assert_eq!(super::say("in_closure", json!({})).await, "3");
    assert_eq!(super::say("in_method", json!({})).await, "5");
    assert_eq!((function(), Runner::run(), forecast()), (4, 5, 1));
}

#[tokio::test]
async fn a_macro_writes_tools() {
    assert_eq!(super::say("six", json!({})).await, "6");
    assert_eq!(super::say("seven", json!({})).await, "7");
    assert_eq!(super::listed("seven").await["description"], "Answers 3 + 4.");
    // A literal from a macro is still a literal.
    let value = super::listed("six").await["inputSchema"]["properties"]["value"].take();
    assert_eq!((&value["default"], &value["minimum"], &value["description"]), (&json!(6), &json!(-1), &json!("The six")));
    assert_eq!(super::listed("seven").await["title"], "The \"seven\"");
}
