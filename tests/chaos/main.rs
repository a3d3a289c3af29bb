//! `chaos quick`, or `chaos deep docs/CHAOS.md`, which puts the figures into that file.

use chaos::phases::{DEEP, QUICK, run};
use std::process::ExitCode;

/// Between these the figures stand.
const MARKS: [&str; 2] = ["<!-- figures -->\n", "<!-- end of the figures -->\n"];

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let sizes = match args.next().as_deref() {
        Some("quick") => QUICK,
        Some("deep") => DEEP,
        _ => return Err("say `quick` or `deep`".into()),
    };
    let server = std::env::current_exe()?.with_file_name("chaos-server");
    let report = run(&server, sizes).await;
    let table = report.table();
    println!("{table}");
    let problems = report.problems();
    for problem in &problems {
        eprintln!("{problem}");
    }
    if !problems.is_empty() {
        return Ok(ExitCode::FAILURE);
    }
    if let Some(path) = args.next() {
        let document = std::fs::read_to_string(&path)?;
        let [begin, end] = MARKS;
        let (head, rest) = document.split_once(begin).ok_or("the document has no place for the figures")?;
        let (_, tail) = rest.split_once(end).ok_or("the figures have no end")?;
        std::fs::write(&path, format!("{head}{begin}{table}{end}{tail}"))?;
    }
    Ok(ExitCode::SUCCESS)
}
