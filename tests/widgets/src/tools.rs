use chatui::{Asked, Context, Json, Result, bail, data, resource, tool, widget};
use std::sync::LazyLock;
use tokio::sync::watch;

/// Whatever the bridge knows, in words, and a button for whatever it can do.
#[widget("widgets/lab.html", text = "{title}: {total} rows")]
struct Lab {
    title: String,
    total: u32,
    /// Drawn by the widget, never shown to the model.
    #[ui_only]
    secret: String,
    #[ui_only]
    rows: Vec<Row>,
}

#[data]
struct Row {
    id: u32,
    name: String,
    amount: f64,
}

fn rows(count: u32) -> Vec<Row> {
    (1..=count).map(|id| Row { id, name: format!("Row {id} of the test's data"), amount: f64::from(id) * 1.25 }).collect()
}

fn lab_of(title: String, total: u32) -> Lab {
    Lab { title, total, secret: "for your eyes only".into(), rows: rows(total) }
}

/// Use this to see the lab.
#[tool(read_only)]
fn lab(
    /// Its heading.
    title: String,
    /// How many rows it has.
    #[arg(default = 3)]
    rows: u32,
) -> Lab {
    lab_of(title, rows)
}

/// Use this to see a tool fail.
#[tool(read_only)]
fn fail(
    /// What it says.
    why: String,
) -> Result<Lab> {
    bail!("{why}")
}

static RELEASED: LazyLock<watch::Sender<Vec<String>>> = LazyLock::new(Default::default);

/// Use this to see a tool take its time: until it is released.
#[tool(read_only)]
async fn held(
    /// What releases it.
    name: String,
) -> Lab {
    // The sender is never dropped.
    let _ = RELEASED.subscribe().wait_for(|all| all.contains(&name)).await;
    lab_of("At last".into(), 1)
}

#[data]
struct Booking {
    /// For whom.
    name: String,
    seats: Option<u8>,
}

/// Books a table, once it knows for whom.
#[tool(writes, asks)]
async fn book(day: String, cx: &Context) -> Result<String> {
    let Asked::Accepted(Booking { name, seats }) = cx.ask(&format!("A table on {day}?")).await? else { bail!("no table, then") };
    Ok(match cx.ask_to_open("Pay here.", "https://pay.example.com/1").await? {
        Asked::Accepted(()) => format!("{day}: {name}, {} seats", seats.unwrap_or(2)),
        _ => "unpaid".into(),
    })
}

/// Ends what is held by a name, now and later.
#[tool(writes)]
fn release(name: String) {
    RELEASED.send_modify(|all| all.push(name));
}

#[data]
struct Sum {
    sum: i32,
}

/// Adds two numbers.
#[tool(read_only)]
fn add(
    /// The first.
    a: i32,
    /// The second.
    b: i32,
) -> Json<Sum> {
    Json(Sum { sum: a + b })
}

/// Greets somebody.
#[tool(read_only)]
fn greet(
    /// Whom.
    name: String,
) -> String {
    format!("Hello, {name}!")
}

/// A note beside the lab.
#[resource("lab://note")]
fn note() -> &'static str {
    "The note of the lab."
}

/// Ordinary HTML without a style of its own, as people write it first.
#[widget("widgets/plain.html", text = "{heading}")]
struct Plain {
    heading: String,
    rows: Vec<Row>,
}

/// Use this to see a widget that brings no style.
#[tool(read_only)]
fn plain(
    /// Why it fails, if it shall.
    fail: Option<String>,
) -> Result<Plain> {
    match fail {
        Some(why) => bail!("{why}"),
        None => Ok(Plain { heading: "Orders of this week".into(), rows: rows(4) }),
    }
}

/// Very much data.
#[widget("widgets/big.html", text = "{total} rows")]
struct Big {
    total: u32,
    #[ui_only]
    rows: Vec<Row>,
}

/// Use this to see a megabyte of data.
#[tool(read_only)]
fn big(
    /// How many rows.
    #[arg(default = 16_000)]
    total: u32,
) -> Big {
    Big { total, rows: rows(total) }
}

/// The same document, left as it is.
#[widget("widgets/plain.html", bare, text = "{heading}")]
struct Bare {
    heading: String,
    rows: Vec<Row>,
}

/// Use this to see a widget that wants no style of ours.
#[tool(read_only)]
fn bare() -> Bare {
    Bare { heading: "Orders of this week".into(), rows: rows(4) }
}

/// An order, drawn from its fields alone: there is no template.
#[widget(text = "{title}: {total}")]
struct Order {
    title: String,
    total: f64,
    paid: bool,
    ordered_on: String,
    invoice_url: String,
    note: Option<String>,
    tags: Vec<String>,
    customer: Customer,
    rows: Vec<Row>,
    /// Drawn by the widget, never shown to the model.
    #[ui_only]
    margin: f64,
}

#[data]
struct Customer {
    name: String,
    since: u32,
}

/// Use this to see a widget without a template.
#[tool(read_only)]
fn card(
    /// How many rows it has.
    #[arg(default = 3)]
    rows: u32,
) -> Order {
    Order {
        title: "Order 7 <b>".into(),
        total: 12_345.5,
        paid: true,
        ordered_on: "2026-07-28".into(),
        invoice_url: "https://example.com/invoices/7".into(),
        note: None,
        tags: vec!["fragile".into(), "gift".into()],
        customer: Customer { name: "Ada Lovelace".into(), since: 1843 },
        rows: self::rows(rows),
        margin: 0.25,
    }
}

/// A widget whose files are served beside it.
#[widget("widgets/gallery", assets = "widgets/gallery/files", text = "{pictures} pictures")]
struct Gallery {
    pictures: u32,
}

/// Use this to see a widget with files of its own.
#[tool(read_only)]
fn gallery(
    /// How many pictures it has.
    pictures: u32,
) -> Gallery {
    Gallery { pictures }
}

/// A widget whose script breaks before it has drawn anything.
#[widget(html = "<!doctype html><title>Broken</title><main></main><script>missing.draw()</script>", text = "broken")]
struct Broken {}

/// Use this to see what is seen of a broken widget.
#[tool(read_only)]
fn broken() -> Broken {
    Broken {}
}

/// Asks a host for all that a widget may ask for, and uses none of it.
#[widget(
    html = "<!doctype html><title>Asks</title><p>Asks for everything.",
    text = "asks",
    csp(
        connect = "https://api.example.com",
        resource = "https://cdn.example.com",
        frame = "https://maps.example.com",
        redirect = "https://shop.example.com"
    ),
    permissions(camera, microphone, geolocation, clipboard_write),
    prefers_border,
    allow = "csp-unused"
)]
struct Asks {}

/// Use this to see a widget that asks for everything.
#[tool(read_only)]
fn asks() -> Asks {
    Asks {}
}
