//! The stdio door: one JSON-RPC message a line. Standard output carries nothing else.

use crate::{Error, events, mcp::Scene, rpc, server::Server};
use std::{
    future::poll_fn,
    pin::{Pin, pin},
    sync::Arc,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Stdout, stdin, stdout},
    sync::Mutex,
    task::JoinSet,
};

/// Serves until standard input ends. Calls run at the same time, and each answer is one line.
pub(crate) async fn serve(server: Server) -> Result<(), Error> {
    let mut input = BufReader::new(stdin());
    let out = Arc::new(Mutex::new(stdout()));
    let mut calls = JoinSet::new();
    loop {
        // As bytes: what is no text is answered like any other message that can't be read.
        let mut line = Vec::new();
        if input.read_until(b'\n', &mut line).await? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        calls.spawn(answer(server.clone(), line, out.clone()));
        // What is done is let go of, so that a long session holds no more than what runs.
        while calls.try_join_next().is_some() {}
    }
    while calls.join_next().await.is_some() {}
    Ok(())
}

async fn answer(server: Server, line: Vec<u8>, out: Arc<Mutex<Stdout>>) {
    let (events, mut arrivals) = events::pipe();
    let road = async {
        let scene = Scene { table: &server.table, platform: server.platform, events: Some(&events) };
        rpc::answer(scene, &line, None).await
    };
    let mut road = pin!(road);
    let answer = loop {
        let arrived = poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut arrivals), context));
        tokio::select! {
            // What a call says goes before its answer.
            biased;
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
