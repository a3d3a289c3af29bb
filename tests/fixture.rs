//! A server whose tools misbehave, for `native.rs` and `limits.rs`.

use chatui::{App, Auth, Context, Handle, Level, Limits, Result, User, bail, prompt, resource, tool};
use std::{
    future::pending,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
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

/// Says who calls, and notes it.
#[tool(read_only)]
async fn introduced(cx: &Context) -> String {
    cx.log(Level::Info, "asked").await;
    cx.log(Level::Debug, "in detail").await;
    let name = cx.client().map_or_else(|| "nobody".into(), |client| client.name);
    format!("{name} {}", cx.supports("elicitation"))
}

/// Takes too long.
#[tool(read_only, timeout = "100ms")]
async fn slow() {
    pending::<()>().await;
}

/// Waits on its thread for too long.
#[tool(read_only, blocking, timeout = "100ms")]
fn stuck() {
    std::thread::sleep(Duration::from_secs(60));
}

/// Waits on its thread.
#[tool(read_only, blocking)]
fn waits() -> bool {
    std::thread::sleep(Duration::from_secs(3));
    true
}

/// Panics.
#[tool(read_only)]
fn panics() {
    panic!("at the wall")
}

/// The value of FIXTURE_SECRET, which is registered as one.
struct Secret(String);

/// Tells what it should not, in every way that leads into the log.
#[tool(read_only)]
async fn tells(#[arg(default = "text")] how: String, secret: &Secret, cx: &Context) -> Result<String> {
    let Secret(secret) = secret;
    match how.as_str() {
        "kept" => Err(std::io::Error::other(format!("the answer to `{secret}` was 401")))?,
        "event" => tracing::info!(%secret, again = ?secret, "asking with {secret}"),
        "panic" => panic!("no answer to {secret}"),
        "progress" => cx.progress(1, 1, secret).await,
        _ => return Ok(secret.clone()),
    }
    Ok(how)
}

/// Takes its time.
#[tool(read_only, timeout = "600s")]
async fn nap(ms: u64) -> &'static str {
    tokio::time::sleep(Duration::from_millis(ms)).await;
    "slept well"
}

/// Never ends, and has no time of its own.
#[tool(read_only)]
async fn forever() {
    pending::<()>().await;
}

/// Takes anything.
#[tool(read_only)]
fn anything(value: serde_json::Value) -> String {
    value.to_string().len().to_string()
}

/// Takes most of the time that the tests give it.
#[tool(read_only)]
async fn paced() -> &'static str {
    tokio::time::sleep(Duration::from_millis(250)).await;
    "paced"
}

/// Answers at length.
#[tool(read_only)]
fn long(bytes: usize) -> String {
    "x".repeat(bytes)
}

/// Says something, and then more than anybody reads.
#[tool(read_only)]
async fn talks(bytes: usize, cx: &Context, dropped: &Dropped) -> String {
    let _guard = Guard(dropped);
    cx.progress(1, None::<u32>, "talking").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    "x".repeat(bytes)
}

/// Never stops talking.
#[tool(read_only)]
async fn chatters(cx: &Context, dropped: &Dropped) {
    let _guard = Guard(dropped);
    for count in 1..u32::MAX {
        cx.progress(count, None::<u32>, &"x".repeat(10_000)).await;
    }
}

/// Announces a change, so many times, with so long between: of a list, or of the resource under an address.
#[tool(read_only, timeout = "600s")]
async fn announce(what: String, #[arg(default = 1)] times: u32, #[arg(default = 0)] pause_ms: u64, handle: &Handle) -> Result<()> {
    for _ in 0..times {
        match what.as_str() {
            "tools" => handle.tools_changed(),
            "prompts" => handle.prompts_changed(),
            "resources" => handle.resources_changed(),
            uri if uri.contains("://") => handle.resource_updated(uri),
            _ => bail!("there is nothing like that"),
        }
        if pause_ms > 0 {
            tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        }
    }
    Ok(())
}

/// Counts, and says each number.
#[tool(read_only)]
async fn counts(to: u32, cx: &Context) -> u32 {
    for number in 1..=to {
        cx.progress(number, to, "counting").await;
        // Others have their turn.
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    to
}

/// As long as its address says.
#[resource("fixture://long/{bytes}", mime = "text/plain")]
fn long_text(bytes: usize) -> String {
    "x".repeat(bytes)
}

/// Is never read to its end.
#[resource("fixture://forever", mime = "text/plain")]
async fn forever_text() -> String {
    pending().await
}

/// Never says anything.
#[prompt]
async fn forever_said() -> String {
    pending().await
}

/// What the environment says, like `calls=2 queue_timeout=300`: numbers and milliseconds.
fn limits() -> Result<Limits> {
    let mut limits = Limits::default();
    for pair in std::env::var("FIXTURE_LIMITS").unwrap_or_default().split_whitespace() {
        let (name, value) = pair.split_once('=').ok_or("a pair has a `=`")?;
        let number: usize = value.parse()?;
        let time = Duration::from_millis(number as u64);
        limits = match name {
            "body" => limits.body(number),
            "depth" => limits.depth(number),
            "arguments" => limits.arguments(number),
            "answer" => limits.answer(number),
            "timeout" => limits.timeout(time),
            "calls" => limits.calls(number),
            "queue" => limits.queue(number),
            "queue_timeout" => limits.queue_timeout(time),
            "streams" => limits.streams(number),
            "subscriptions" => limits.subscriptions(number),
            "page" => limits.page(number),
            "rate" => limits.rate(number.try_into()?, Duration::from_secs(60)),
            "connections" => limits.connections(number),
            "headers" => limits.headers(number),
            "header_size" => limits.header_size(number),
            "header_timeout" => limits.header_timeout(time),
            "body_timeout" => limits.body_timeout(time),
            "idle_timeout" => limits.idle_timeout(time),
            "write_timeout" => limits.write_timeout(time),
            "shutdown" => limits.shutdown(time),
            _ => return Err(format!("there is no limit `{name}`").into()),
        };
    }
    Ok(limits)
}

#[chatui::app]
fn app() -> Result<App> {
    let secret = std::env::var("FIXTURE_SECRET").unwrap_or_else(|_| "registered as a secret".into());
    let app = App::new().secret(&secret).state(Dropped::default()).limits(limits()?);
    if std::env::var_os("FIXTURE_FAILS").is_some() {
        Err(std::io::Error::other(format!("postgres://app:{secret}@db is not there")))?;
    }
    let app = app.state(Secret(secret));
    // Where somebody is to sign in, each token is the name of a user; `nobody` has none, and that of `soon` ends a second after the start.
    Ok(match std::env::var_os("FIXTURE_AUTH") {
        Some(_) => {
            let in_a_second = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64() + 1.0;
            let user = move |token: String| async move {
                let user = (token != "nobody").then(|| User::new(&token));
                Ok(if token == "soon" { user.map(|user| user.with_claim("exp", in_a_second)) } else { user })
            };
            app.auth(Auth::issuer("https://auth.example.com").verify_with(user))
        }
        None => app,
    })
}

fn main() -> chatui::Exit {
    chatui::main()
}
