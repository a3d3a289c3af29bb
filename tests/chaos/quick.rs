//! The small sizes, with every run of the tests.
#![cfg(unix)]

use chaos::phases::{QUICK, run};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_wrong_and_nothing_is_left() {
    let report = run(Path::new(env!("CARGO_BIN_EXE_chaos-server")), QUICK).await;
    let problems = report.problems();
    assert!(problems.is_empty(), "{problems:#?}\n{}", report.table());
}
