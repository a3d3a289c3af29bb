//! The stdio door: one JSON-RPC message a line. Standard output carries nothing else.

use crate::{
    Error, events,
    mcp::{self, Scene},
    rpc::{self, Message},
    server::Server,
    session::Session,
};
use futures_channel::oneshot::Receiver;
use serde::Deserialize;
use serde_json::{Value, value::RawValue};
use std::{
    future::poll_fn,
    pin::{Pin, pin},
    sync::Arc,
};
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Stdout, stdin, stdout},
    sync::Mutex,
    task::JoinSet,
};

/// Serves until standard input ends. Calls run at the same time, and each answer is one line.
pub(crate) async fn serve(server: Server) -> Result<(), Error> {
    let handle = server.table.handle.clone();
    let session = Arc::new(Session::new(handle.as_ref()));
    let server = server.lending(session.clone());
    let pipe = &session.pipe;
    let mut input = BufReader::new(stdin());
    let out = Arc::new(Mutex::new(stdout()));
    let (mut calls, mut listeners) = (JoinSet::new(), JoinSet::new());
    if handle.is_some() {
        listeners.spawn(tell(session.clone(), out.clone()));
    }
    let limits = server.table.limits;
    let most = limits.body;
    loop {
        // As bytes: what is no text is answered like any other message that can't be read.
        let mut line = Vec::new();
        if (&mut input).take(most as u64 + 1).read_until(b'\n', &mut line).await? == 0 {
            break;
        }
        if line.len() > most && !line.ends_with(b"\n") {
            skip_line(&mut input).await?;
            write(&out, rpc::too_large(most).body.unwrap_or_default()).await;
            continue;
        }
        if line.ends_with(b"\n") {
            line.pop();
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        // Nobody can take back what is no request.
        let (mut id, mut listens) = (String::new(), false);
        if let Some(message) = rpc::message(&line) {
            if is_taken(&session, &message) {
                continue;
            }
            listens = handle.is_some() && message.id.is_some() && message.is("subscriptions/listen");
            id = message.id.map_or_else(String::new, |id| id.get().to_owned());
        }
        // Who listens takes no place of a call, and may do so as long as it likes.
        if listens {
            listeners.spawn(answer(server.clone(), session.clone(), line, out.clone(), pipe.begin(&id), id));
            // As many as may listen, the session itself, and one that is told that there are too many.
            while listeners.len() > limits.subscriptions.saturating_add(2) {
                listeners.join_next().await;
            }
            continue;
        }
        // Whoever asks for more at once waits: no more is read, but where all wait for what is read.
        while calls.len() >= limits.calls {
            let count = calls.len();
            tokio::select! {
                () = poll_fn(|context| pipe.poll_room(count, limits.calls, context)) => break,
                _ = calls.join_next() => {}
            }
        }
        // It begins before the next line is read, which may take it back.
        calls.spawn(answer(server.clone(), session.clone(), line, out.clone(), pipe.begin(&id), id));
        // What is done is let go of, so that a long session holds no more than what runs.
        while calls.try_join_next().is_some() {}
    }
    pipe.end();
    while calls.join_next().await.is_some() {}
    if let Some(handle) = handle {
        handle.hub().end();
    }
    while listeners.join_next().await.is_some() {}
    Ok(())
}

/// Sends what the app announces, to a client that has opened a session.
async fn tell(session: Arc<Session>, out: Arc<Mutex<Stdout>>) {
    while let Some(topic) = session.next().await {
        write(&out, mcp::notice(&topic, None)).await;
    }
}

/// Takes what is about the session and wants no answer: those to our questions, and that one of ours is no longer wanted. Notes
/// what the client says about itself.
fn is_taken(session: &Session, message: &Message<'_>) -> bool {
    #[derive(Deserialize)]
    struct Cancelled<'a> {
        #[serde(borrow, rename = "requestId")]
        id: &'a RawValue,
    }
    let params = || message.params.whole().map_or("null", RawValue::get);
    match (message.method(), message.id, message.result, message.error) {
        (Some("initialize"), ..) => {
            if let Ok(introduction) = serde_json::from_str(params()) {
                session.introduce(introduction);
            }
            false
        }
        // An id that is not there is one of a request that has ended (basic/utilities/cancellation).
        (Some("notifications/cancelled"), None, ..) => {
            if let Ok(cancelled) = serde_json::from_str::<Cancelled<'_>>(params()) {
                session.pipe.cancel(cancelled.id.get());
            }
            true
        }
        (None, Some(id), Some(result), None) => {
            let answer = serde_json::from_str(result.get()).map_err(|error| error.to_string());
            session.pipe.answered(id, answer);
            true
        }
        (None, Some(id), None, Some(error)) => {
            let error: Value = serde_json::from_str(error.get()).unwrap_or_default();
            session.pipe.answered(id, Err(error["message"].as_str().unwrap_or("it does not say why").to_owned()));
            true
        }
        _ => false,
    }
}

/// Reads to the end of a line, without keeping it.
async fn skip_line(input: &mut (impl AsyncBufRead + Unpin)) -> Result<(), Error> {
    loop {
        let part = input.fill_buf().await?;
        let end = part.iter().position(|byte| *byte == b'\n');
        let (length, is_last) = (end.map_or(part.len(), |end| end + 1), end.is_some() || part.is_empty());
        input.consume(length);
        if is_last {
            return Ok(());
        }
    }
}

async fn answer(server: Server, session: Arc<Session>, line: Vec<u8>, out: Arc<Mutex<Stdout>>, mut cancelled: Receiver<()>, id: String) {
    let (events, mut arrivals) = events::pipe();
    let _running = session.pipe.running(id);
    let road = async { rpc::answer(Scene::of(&server, None, Some(&events)), &line, None).await };
    let mut road = pin!(road);
    let answer = loop {
        let arrived = poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut arrivals), context));
        tokio::select! {
            // What a call says goes before its answer. A call is dropped between two lines, never within one.
            biased;
            Ok(()) = &mut cancelled => return,
            Some(said) = arrived => write(&out, said).await,
            answer = &mut road => break answer,
        }
    };
    while let Ok(said) = arrivals.try_recv() {
        write(&out, said).await;
    }
    if let Some(body) = answer.body {
        write(&out, body).await;
    }
}

async fn write(out: &Mutex<Stdout>, mut message: Vec<u8>) {
    message.push(b'\n');
    let mut out = out.lock().await;
    // A reader that is gone closes standard input too, which ends the session.
    if out.write_all(&message).await.is_ok() {
        let _ = out.flush().await;
    }
}
