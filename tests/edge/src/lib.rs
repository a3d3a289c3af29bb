//! What only a Worker has: its bindings, work after the answer, an app that takes its time, and calls that end badly.
#![cfg(target_family = "wasm")]

use chatui::{
    App, Context, Limits, Result, Tell, bail, resource, tool, widget,
    worker::{self as door, Env},
};
use std::{cell::Cell, time::Duration};
use worker::Delay;

struct Started {
    greeting: String,
    /// Which of the apps that were being made at the same time this is.
    number: u32,
}

/// Takes its time, as one does that reads from a binding: two first requests overlap in it.
#[chatui::app]
async fn app(env: &Env) -> Result<App> {
    thread_local!(static MADE: Cell<u32> = const { Cell::new(0) });
    let number = MADE.get() + 1;
    MADE.set(number);
    Delay::from(Duration::from_millis(300)).await;
    let limits = Limits::default().timeout(Duration::from_secs(4));
    Ok(App::new().limits(limits).state(Started { greeting: env.var("GREETING")?.to_string(), number }))
}

/// Greets, as the environment says.
#[tool(read_only)]
fn greet(name: String, started: &Started) -> String {
    tracing::info!(letters = name.len(), share = 0.5, "greeting somebody");
    format!("{}, {name}! (app {})", started.greeting, started.number)
}

/// Puts a note into KV.
#[tool(writes, idempotent)]
async fn put(key: String, note: String, env: &Env) -> Result<()> {
    Ok(env.kv("NOTES")?.put(&key, note)?.execute().await?)
}

/// Reads a note from KV.
#[tool(read_only)]
async fn get(key: String, env: &Env) -> Result<String> {
    Ok(env.kv("NOTES")?.get(&key).text().await?.unwrap_or_else(|| "nothing".into()))
}

/// Puts a signed note into R2 and reads it from there.
#[tool(writes, idempotent)]
async fn sign(note: String, env: &Env) -> Result<String> {
    let files = env.bucket("FILES")?;
    files.put("note", format!("{note}, {}", env.secret("SIGNATURE")?)).execute().await?;
    let object = files.get("note").execute().await?.tell("the note is gone")?;
    Ok(object.body().tell("the note is empty")?.text().await?)
}

/// Tells a secret, or puts it into the log, or into an error: none of it gets there.
#[tool(read_only)]
fn tells(how: String, env: &Env) -> Result<String> {
    let password = door::secret(env, "PASSWORD")?;
    match how.as_str() {
        "log" => tracing::info!(%password, "signing with {password}"),
        "error" => bail!("`{password}` was refused"),
        "kept" => Err(std::io::Error::other(format!("no answer to {password}")))?,
        "short" => drop(door::secret(env, "SIGNATURE")?),
        _ => return Ok(password),
    }
    Ok(how)
}

/// A note from KV, under an address.
#[resource("notes://{key}", mime = "text/plain")]
async fn note(key: String, env: &Env) -> Result<Option<String>> {
    Ok(env.kv("NOTES")?.get(&key).text().await?)
}

/// Answers at once, and puts the note into KV behind it.
#[tool(writes, idempotent)]
fn put_later(key: String, note: String, env: &Env, context: &door::Context) -> Result<()> {
    let notes = env.kv("NOTES")?;
    context.wait_until(async move {
        Delay::from(Duration::from_millis(200)).await;
        if let Ok(put) = notes.put(&key, note) {
            drop(put.execute().await);
        }
    });
    Ok(())
}

/// Takes its time, and says so on the way.
#[tool(read_only)]
async fn slow(milliseconds: u64, id: u32, cx: &Context) -> String {
    cx.progress(1, 2, "half way").await;
    Delay::from(Duration::from_millis(milliseconds)).await;
    format!("slow {id}")
}

/// Says something, and then takes too long.
#[tool(read_only, timeout = "1500ms")]
async fn speaks_and_hangs(cx: &Context) {
    cx.progress(1, 2, "for a moment").await;
    std::future::pending::<()>().await;
}

/// Takes too long.
#[tool(read_only, timeout = "100ms")]
async fn endless() {
    std::future::pending::<()>().await;
}

/// Takes too long, and has no time of its own.
#[tool(read_only)]
async fn hangs() {
    std::future::pending::<()>().await;
}

/// Answers with so many letters.
#[tool(read_only)]
fn letters(count: usize) -> String {
    "a".repeat(count)
}

/// Reads a secret that nobody has set.
#[tool(read_only)]
fn unset(env: &Env) -> Result<String> {
    door::secret(env, "NO_SUCH_SECRET")
}

/// Counts down on the log as long as somebody listens.
#[tool(read_only)]
async fn count_down(cx: &Context) -> String {
    for left in (0..20).rev() {
        cx.progress(20 - left, 20, "counting").await;
        tracing::info!("{left} left");
        Delay::from(Duration::from_millis(100)).await;
    }
    "counted".into()
}

/// Fails with an error of the platform, which is nobody's business.
#[tool(read_only)]
async fn unbound(env: &Env) -> Result<String> {
    Ok(env.kv("NO_SUCH_BINDING")?.get("key").text().await?.unwrap_or_default())
}

/// Panics.
#[tool(read_only)]
fn panics() -> String {
    panic!("at the wall")
}

/// A picture, which the platform serves.
#[widget(html = "<!doctype html><title>Sun</title><img src='public/sun.svg' alt='The sun'>", assets = "public", text = "the sun")]
struct Sun {}

/// Shows the sun.
#[tool(read_only)]
fn sun() -> Sun {
    Sun {}
}

/// Repeats.
#[tool(read_only)]
fn echo(text: String) -> String {
    text
}
