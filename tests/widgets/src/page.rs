//! For the tests of `dev`'s page: every kind of argument, and widgets that do what hosts forbid.

use chatui::{Context, Json, data, tool, widget};
use std::{collections::BTreeMap, time::Duration};

#[data]
enum Size {
    Small,
    Large,
}

#[data]
struct Address {
    city: String,
    street: Option<String>,
}

#[data]
#[serde(tag = "by")]
enum Payment {
    Card { number: String },
    Cash,
}

#[data]
struct Ordered {
    name: String,
    count: u8,
    weight: Option<f64>,
    gift: bool,
    size: Size,
    place: Address,
    tags: Vec<String>,
    prices: BTreeMap<String, f64>,
    payment: Option<Payment>,
}

/// Use this to see a field of every kind. It gives back what it was given.
#[tool(writes, idempotent)]
fn order(
    /// Who orders.
    #[arg(length = 1..=40)]
    name: String,
    /// How many.
    #[arg(range = 1..=9, default = 1)]
    count: u8,
    /// In kilograms.
    weight: Option<f64>,
    /// Whether it is wrapped.
    gift: bool,
    /// Of the box.
    size: Size,
    /// Where it goes.
    place: Address,
    /// What is written on it.
    #[arg(default = Vec::new())]
    tags: Vec<String>,
    /// By currency.
    #[arg(default = BTreeMap::new())]
    prices: BTreeMap<String, f64>,
    /// How it is paid.
    payment: Option<Payment>,
) -> Json<Ordered> {
    Json(Ordered { name, count, weight, gift, size, place, tags, prices, payment })
}

/// Reaches for what it has not declared; no template checker can see the address.
#[widget("widgets/reaches.html", text = "reaches", allow = ["eval"])]
struct Reaches {
    /// What it fetches.
    address: String,
}

/// Use this to see a widget that the policy stops.
#[tool(read_only)]
fn reach(
    /// Whereto.
    address: String,
) -> Reaches {
    Reaches { address }
}

/// Adds two numbers for the model.
#[tool(read_only, model_only)]
fn secret_add(
    /// The first.
    a: i32,
    /// The second.
    b: i32,
) -> Json<i32> {
    Json(a + b)
}

/// Use this to see very many words.
#[tool(read_only)]
fn words(
    /// How many.
    count: usize,
) -> String {
    "word ".repeat(count)
}

/// Use this to see progress.
#[tool(read_only)]
async fn steps(
    /// How many, a tenth of a second each.
    #[arg(range = 1..=100)]
    count: u32,
    cx: &Context,
) -> String {
    for step in 1..=count {
        cx.progress(step, count, "walking").await;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    format!("{count} steps")
}

/// </title></script><script>window.hostile = 1</script>
#[widget(text = "{text}", title = "</title><script>window.hostile = 1</script>")]
struct Markup {
    /// </script><img src=x onerror="window.hostile = 1">
    text: String,
}

/// </pre><script>window.hostile = 1</script>: use this to see markup that is text.
#[tool(read_only, title = "<img src=x onerror=\"window.hostile = 1\">")]
fn markup(
    /// <svg onload="window.hostile = 1">
    text: String,
) -> Markup {
    Markup { text }
}
