//! A server whose tools misbehave, for `native.rs`.

use chatui::{App, Context, tool};
use std::{
    future::pending,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

#[derive(Default)]
struct Dropped(AtomicU32);

struct Guard<'a>(&'a Dropped);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Never ends; says so at once.
#[tool(read_only)]
async fn endless(cx: &Context, dropped: &Dropped) {
    let _guard = Guard(dropped);
    cx.progress(1, None::<u32>, "waiting").await;
    pending::<()>().await;
}

/// How many endless calls were dropped.
#[tool(read_only)]
fn dropped(dropped: &Dropped) -> u32 {
    dropped.0.load(Ordering::SeqCst)
}

/// Takes too long.
#[tool(read_only, timeout = "100ms")]
async fn slow() {
    pending::<()>().await;
}

/// Waits on its thread for too long.
#[tool(read_only, blocking, timeout = "100ms")]
fn stuck() {
    std::thread::sleep(Duration::from_secs(2));
}

/// Waits on its thread.
#[tool(read_only, blocking)]
fn waits() -> bool {
    std::thread::sleep(Duration::from_millis(500));
    true
}

/// Panics.
#[tool(read_only)]
fn panics() {
    panic!("at the wall")
}

#[chatui::app]
fn app() -> App {
    App::new().state(Dropped::default())
}

fn main() -> chatui::Exit {
    chatui::main()
}
