//! A server with a tool for each way in which a call can go.

use chatui::{App, Context, Json, Limits, Result, bail, data, tool};
use std::{
    future::pending,
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

/// How many calls are in the middle of their work.
#[derive(Default)]
struct Open(AtomicUsize);

/// One of them, which ends when it is dropped, however that comes.
struct Working<'a>(&'a Open);

impl Open {
    fn begin(&self) -> Working<'_> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Working(self)
    }
}

impl Drop for Working<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[data]
struct Same {
    n: u64,
}

/// Gives back what it gets.
#[tool(read_only)]
async fn echo(n: u64, open: &Open) -> Json<Same> {
    let _working = open.begin();
    tokio::task::yield_now().await;
    Json(Same { n })
}

/// Panics, after it has waited.
#[tool(read_only)]
async fn panics(n: u64, open: &Open) -> Json<Same> {
    let _working = open.begin();
    tokio::task::yield_now().await;
    panic!("{n} is too much")
}

/// Says no.
#[tool(read_only)]
async fn fails(n: u64, open: &Open) -> Result<Json<Same>> {
    let _working = open.begin();
    tokio::task::yield_now().await;
    bail!("not {n} today")
}

/// Takes too long.
#[tool(read_only, timeout = "20ms")]
async fn late(n: u64, open: &Open) -> Json<Same> {
    let _working = open.begin();
    pending::<()>().await;
    Json(Same { n })
}

/// Takes so long that whoever asked has gone.
#[tool(read_only)]
async fn endless(n: u64, open: &Open) -> Json<Same> {
    let _working = open.begin();
    pending::<()>().await;
    Json(Same { n })
}

/// Tells how far it is.
#[tool(read_only)]
async fn speaks(n: u64, open: &Open, cx: &Context) -> Json<Same> {
    let _working = open.begin();
    for done in 1..=3 {
        cx.progress(done, 3, "speaking").await;
        tokio::task::yield_now().await;
    }
    Json(Same { n })
}

/// Holds a thread.
#[tool(read_only, blocking)]
fn blocks(n: u64, open: &Open) -> Json<Same> {
    let _working = open.begin();
    std::thread::sleep(Duration::from_secs(1));
    Json(Same { n })
}

#[data]
struct Inside {
    tasks: usize,
    open: usize,
}

/// What is going on inside.
#[tool(read_only)]
async fn inside(open: &Open) -> Json<Inside> {
    let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
    Json(Inside { tasks, open: open.0.load(Ordering::SeqCst) })
}

#[chatui::app]
fn app() -> App {
    // The defaults, unless somebody has no time to see them pass.
    let limits = match std::env::var_os("CHAOS_HURRY") {
        Some(_) => Limits::default().header_timeout(Duration::from_secs(1)).body_timeout(Duration::from_secs(1)),
        None => Limits::default(),
    };
    App::new().state(Open::default()).limits(limits)
}

fn main() -> chatui::Exit {
    chatui::main()
}
