//! What is done to the server, one after the other.

use crate::{
    calls::Tally,
    client::Client,
    process::{Inside, Server},
    report::{Report, Row},
};
use std::{
    future::Future,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    task::JoinSet,
    time::{sleep, timeout},
};

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Calls one after the other.
    pub sequential: u64,
    /// Calls at once.
    pub concurrent: u64,
    /// How often so many.
    pub waves: u64,
    /// Connections of which half stall and half break off.
    pub crowd: u64,
    /// Tools that hold a thread, at once.
    pub blocking: u64,
    /// How often all of that; what it takes for good in the first rounds is no leak.
    pub rounds: u32,
    /// How long all kinds of calls are made, to see what grows.
    pub soak: Duration,
    /// Whether the server has times of a second in place of its defaults.
    pub hurry: bool,
}

/// For every run of the tests.
pub const QUICK: Sizes =
    Sizes { sequential: 400, concurrent: 300, waves: 3, crowd: 200, blocking: 100, rounds: 2, soak: Duration::ZERO, hurry: true };

/// For the figures.
pub const DEEP: Sizes = Sizes {
    sequential: 10_000,
    concurrent: 500,
    waves: 20,
    crowd: 2_000,
    blocking: 100,
    rounds: 3,
    soak: Duration::from_secs(300),
    hurry: false,
};

/// Who makes the calls of the soak.
const SOAKING: u64 = 16;

/// Does all of it.
///
/// # Panics
///
/// If the server does not start, or does not say how it is.
pub async fn run(binary: &Path, sizes: Sizes) -> Report {
    let server = Server::start(binary, sizes.hurry);
    let mut report = Report::default();
    let start = server.inside().await;
    for round in 1..=sizes.rounds {
        for (what, work) in [
            (format!("{} calls, one after the other", sizes.sequential), Work::Sequential),
            (format!("{} times {} calls at once", sizes.waves, sizes.concurrent), Work::Waves),
            (format!("{} connections that stall or break off: calls meanwhile", sizes.crowd), Work::Crowd),
            (format!("{} `blocking` tools at once: `/health` meanwhile", sizes.blocking), Work::Blocking),
        ] {
            let row = measured(&server, start.tasks, what, round, work.done(&server.address, sizes)).await;
            eprintln!("{row}");
            report.rows.push(row);
        }
    }
    if !sizes.soak.is_zero() {
        let samples = &mut report.samples;
        let what = format!("{} clients for {} s: soak", SOAKING, sizes.soak.as_secs());
        let row = measured(&server, start.tasks, what, 1, soak(&server, sizes.soak, samples)).await;
        eprintln!("{row}");
        report.rows.push(row);
    }
    report.exit = server.stop();
    report
}

#[derive(Clone, Copy)]
enum Work {
    Sequential,
    Waves,
    Crowd,
    Blocking,
}

impl Work {
    async fn done(self, address: &str, sizes: Sizes) -> Tally {
        match self {
            Work::Sequential => sequential(address, sizes.sequential).await,
            Work::Waves => waves(address, sizes.waves, sizes.concurrent).await,
            Work::Crowd => crowd(address, sizes.crowd).await,
            Work::Blocking => blocking(address, sizes.blocking).await,
        }
    }
}

async fn measured(server: &Server, tasks: u64, what: String, round: u32, work: impl Future<Output = Tally>) -> Row {
    let before = server.inside().await;
    let start = Instant::now();
    let tally = work.await;
    let took = start.elapsed();
    let after = server.settled(tasks).await;
    Row::new(what, round, tally, took, Inside { tasks, ..before }, after)
}

async fn sequential(address: &str, calls: u64) -> Tally {
    let (mut tally, mut client) = (Tally::default(), Client::new(address));
    for n in 0..calls {
        tally.call(&mut client, n).await;
    }
    tally
}

async fn waves(address: &str, waves: u64, calls: u64) -> Tally {
    let mut tally = Tally::default();
    for wave in 0..waves {
        let all = (0..calls).map(|n| {
            let (mut tally, mut client) = (Tally::default(), Client::new(address));
            async move {
                tally.call(&mut client, wave * calls + n).await;
                tally
            }
        });
        for one in all.collect::<JoinSet<_>>().join_all().await {
            tally.add(one);
        }
    }
    tally
}

/// Half stall, in the middle of the headers or of the body, until the server has enough of them; half go away in the middle
/// of the body, and come again.
async fn crowd(address: &str, connections: u64) -> Tally {
    const HEAD: &str = "POST /mcp HTTP/1.1\r\nhost: localhost\r\n";
    const BODY: &str =
        "POST /mcp HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{\"jsonrpc\":";
    let meanwhile = Meanwhile::begin(address, true);
    let all = (0..connections).map(|n| {
        let mut client = Client::new(address);
        async move {
            // Not all in the same moment, of which a listening socket takes a hundred or so.
            sleep(Duration::from_millis(n / 2)).await;
            if n % 2 == 1 {
                for _ in 0..3 {
                    client.send(BODY).await?;
                    sleep(Duration::from_millis(100 + n % 100)).await;
                    client = client.another();
                }
                return Ok(());
            }
            client.send(if n % 4 == 0 { HEAD } else { BODY }).await?;
            timeout(Duration::from_secs(60), client.closed()).await?
        }
    });
    let ended: Vec<std::io::Result<()>> = all.collect::<JoinSet<_>>().join_all().await;
    let mut tally = meanwhile.end().await;
    tally.wrong.extend(ended.into_iter().filter_map(|end| Some(format!("one of the crowd: {}", end.err()?))));
    tally
}

async fn blocking(address: &str, calls: u64) -> Tally {
    let meanwhile = Meanwhile::begin(address, false);
    let all = (0..calls).map(|n| {
        let (mut tally, mut client) = (Tally::default(), Client::new(address));
        async move {
            tally.block(&mut client, n).await;
            tally
        }
    });
    let all = all.collect::<JoinSet<_>>().join_all().await;
    let mut tally = meanwhile.end().await;
    all.into_iter().for_each(|one| tally.add(one));
    tally
}

/// Somebody who behaves well, while others do not.
struct Meanwhile {
    ended: Arc<AtomicBool>,
    tally: tokio::task::JoinHandle<Tally>,
}

impl Meanwhile {
    fn begin(address: &str, calls: bool) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let (is_over, mut client) = (ended.clone(), Client::new(address));
        let tally = tokio::spawn(async move {
            let mut tally = Tally::default();
            for n in 0.. {
                if is_over.load(Ordering::SeqCst) {
                    break;
                }
                tally.health(&mut client).await;
                if calls {
                    tally.call(&mut client, n).await;
                }
                sleep(Duration::from_millis(5)).await;
            }
            tally
        });
        Meanwhile { ended, tally }
    }

    async fn end(self) -> Tally {
        self.ended.store(true, Ordering::SeqCst);
        self.tally.await.expect("it does not panic")
    }
}

/// All of it at once, for a while, and the memory every second.
async fn soak(server: &Server, time: Duration, samples: &mut Vec<u64>) -> Tally {
    let end = Instant::now() + time;
    let next = Arc::new(AtomicU64::new(0));
    let workers = (0..SOAKING).map(|_| {
        let (address, next) = (server.address.clone(), next.clone());
        async move {
            let (mut tally, mut client) = (Tally::default(), Client::new(&address));
            while Instant::now() < end {
                let n = next.fetch_add(1, Ordering::SeqCst);
                tally.call(&mut client, n).await;
                // A new connection now and then, and one that is left in the middle of a request.
                if n.is_multiple_of(50) {
                    client = client.another();
                    let sent = client.another().send("POST /mcp HTTP/1.1\r\ncontent-length: 9\r\n\r\n{").await;
                    tally.wrong.extend(sent.err().map(|error| format!("left in the middle: {error}")));
                }
            }
            tally
        }
    });
    let workers: JoinSet<_> = workers.collect();
    while Instant::now() < end {
        samples.push(server.inside().await.resident);
        sleep(Duration::from_secs(1)).await;
    }
    let mut tally = Tally::default();
    workers.join_all().await.into_iter().for_each(|one| tally.add(one));
    // Millions of times would be memory of ours for nothing.
    tally.times.truncate(1_000_000);
    tally
}
