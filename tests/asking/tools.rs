//! Tools that ask in all the ways there are.

use chatui::{Asked, Context, InputRequired, Result, data, resource, tool};
use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::Duration,
};

#[data]
struct Sure {
    /// For good.
    sure: bool,
}

#[data]
struct Name {
    #[schemars(length(min = 2))]
    name: String,
}

#[data]
struct Seats {
    #[schemars(range(min = 1, max = 6))]
    seats: u8,
}

/// Deletes so many notes.
#[tool(destructive, asks)]
async fn delete(count: u32, cx: &Context) -> Result<String> {
    match cx.ask::<Sure>(&format!("Delete {count} notes?")).await? {
        Asked::Accepted(Sure { sure: true }) => Ok(format!("{count} notes are deleted")),
        Asked::Accepted(_) => Ok("not sure".into()),
        Asked::Declined => Ok("declined".into()),
        Asked::Cancelled => Ok("cancelled".into()),
    }
}

/// How often [`reserve`] has begun.
static RUNS: AtomicU32 = AtomicU32::new(0);

/// Reserves a table: two questions at once, and one after them.
#[tool(writes, asks)]
async fn reserve(cx: &Context) -> Result<String> {
    let runs = RUNS.fetch_add(1, Ordering::Relaxed) + 1;
    let (name, seats) = tokio::join!(cx.ask::<Name>("Under which name?"), cx.ask::<Seats>("For how many?"));
    let (Asked::Accepted(name), Asked::Accepted(seats)) = (name?, seats?) else { return Ok("no table".into()) };
    let sure = cx.ask::<Sure>(&format!("{} for {}?", name.name, seats.seats)).await?;
    Ok(format!("{}, {} seats, {:?} after {runs} runs", name.name, seats.seats, sure.accepted().map(|sure| sure.sure)))
}

/// Asks the same until somebody is sure.
#[tool(read_only, asks)]
async fn insist(cx: &Context) -> Result<String> {
    for times in 1.. {
        match cx.ask::<Sure>("Sure?").await? {
            Asked::Accepted(Sure { sure: true }) => return Ok(format!("sure after {times}")),
            Asked::Accepted(_) => {}
            _ => return Ok(format!("given up after {times}")),
        }
    }
    Ok("never".into())
}

/// Asks something else each time that it runs.
#[tool(read_only, asks)]
async fn waver(cx: &Context) -> Result<String> {
    static RUN: AtomicU32 = AtomicU32::new(0);
    let run = RUN.fetch_add(1, Ordering::Relaxed);
    cx.ask::<Sure>(&format!("Question {}?", run.min(1))).await?;
    Ok(format!("run {run}"))
}

/// Opens a page.
#[tool(writes, asks)]
async fn connect(cx: &Context) -> Result<String> {
    Ok(format!("{:?}", cx.ask_to_open("Connect your calendar", "https://example.com/connect").await?))
}

/// A question whose other branch ends first is not asked.
#[tool(read_only, asks)]
async fn hurry(cx: &Context) -> Result<&'static str> {
    tokio::select! {
        biased;
        asked = cx.ask::<Sure>("Sure?") => asked.map(|_| "answered"),
        () = std::future::ready(()) => {
            // Pending once more, with no question open.
            let mut polled = false;
            std::future::poll_fn(|context| {
                context.waker().wake_by_ref();
                if std::mem::replace(&mut polled, true) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
            })
            .await;
            Ok("not asked")
        }
    }
}

/// Has no time, and takes all of it.
#[tool(read_only, asks, timeout = "300ms")]
async fn patient(cx: &Context) -> Result<&'static str> {
    cx.ask::<Sure>("Sure?").await?;
    std::future::pending().await
}

#[data]
struct Deep {
    name: Name,
}

/// Asks with what is no form.
#[tool(read_only, asks)]
async fn misshape(cx: &Context) -> Result<&'static str> {
    cx.ask::<Deep>("Name?").await.map(|_| "answered")
}

/// Asks and does not say so.
#[tool(read_only)]
async fn sneak(cx: &Context) -> Result<&'static str> {
    cx.ask::<Sure>("Sure?").await.map(|_| "answered")
}

/// Counts with what the client carries.
#[tool(read_only, asks)]
async fn count(cx: &Context) -> Result<String> {
    let round = cx.input_state::<u32>()?.unwrap_or(0);
    if round < 3 {
        return Err(InputRequired::new().form::<Sure>("more", "More?").state(round + 1).into());
    }
    Ok(format!("{round} rounds"))
}

/// Asks for folders.
#[tool(read_only, asks)]
async fn folders(cx: &Context) -> Result<String> {
    match cx.input::<serde_json::Value>("folders")? {
        Some(folders) => Ok(folders["roots"].to_string()),
        None => Err(InputRequired::new().roots("folders").into()),
    }
}

/// A greeting for whoever reads it.
#[resource("asked://greeting", asks)]
async fn greeting(cx: &Context) -> Result<String> {
    let name = cx.ask::<Name>("Who reads this?").await?.accepted();
    Ok(name.map_or("Hello!".into(), |name| format!("Hello, {}!", name.name)))
}

/// Asks with what nobody may see.
#[tool(read_only, asks)]
async fn betray(cx: &Context) -> Result<String> {
    Ok(format!("{:?}", cx.ask::<Name>("Is it hunter2-and-more?").await?.accepted().map(|name| name.name)))
}

static HELD: AtomicU32 = AtomicU32::new(0);

/// Holds a thread until nobody waits for it.
#[tool(read_only, blocking)]
fn hold(cx: &Context) -> &'static str {
    HELD.store(1, Ordering::Relaxed);
    while !cx.is_cancelled() {
        thread::sleep(Duration::from_millis(5));
    }
    HELD.store(2, Ordering::Relaxed);
    "nobody reads this"
}

/// How far `hold` is: 1, it has begun; 2, it has seen that nobody waits.
#[tool(read_only)]
fn held() -> u32 {
    HELD.load(Ordering::Relaxed)
}

/// Waits for ever, without asking.
#[tool(read_only)]
async fn wait() -> &'static str {
    std::future::pending().await
}
