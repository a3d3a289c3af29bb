//! The stdio door: one JSON-RPC message a line. Standard output carries nothing else.

use crate::{Error, app::Server, rpc};
use std::sync::Arc;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Stdout, stdin, stdout},
    sync::Mutex,
    task::JoinSet,
};

/// Serves until standard input ends. Calls run at the same time, and each answer is one line.
pub(crate) async fn serve(server: Server) -> Result<(), Error> {
    let mut lines = BufReader::new(stdin()).lines();
    let out = Arc::new(Mutex::new(stdout()));
    let mut calls = JoinSet::new();
    while let Some(line) = lines.next_line().await? {
        if line.trim().is_empty() {
            continue;
        }
        calls.spawn(answer(server.clone(), line, out.clone()));
        // What is done is let go of, so that a long session holds no more than what runs.
        while calls.try_join_next().is_some() {}
    }
    while calls.join_next().await.is_some() {}
    Ok(())
}

async fn answer(server: Server, line: String, out: Arc<Mutex<Stdout>>) {
    let Some(mut answer) = rpc::answer(&server.0, line.as_bytes(), None).await.body else { return };
    // Between the tokens of an answer (inside strings they are escaped) a tool's own JSON may have line breaks.
    answer.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b' ');
    answer.push(b'\n');
    let mut out = out.lock().await;
    // A reader that is gone closes standard input too, which ends the session.
    if out.write_all(&answer).await.is_ok() {
        let _ = out.flush().await;
    }
}
