//! What was seen, as a table, and what of it may not be.

use crate::{calls::Tally, process::Inside};
use std::{
    fmt::{self, Write},
    time::Duration,
};

/// What one part of the work came to.
#[derive(Debug)]
pub struct Row {
    what: String,
    round: u32,
    right: u64,
    wrong: Vec<String>,
    took: Duration,
    p50: Duration,
    p99: Duration,
    max: Duration,
    before: Inside,
    after: Inside,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Report {
    /// In the order in which it was done.
    pub rows: Vec<Row>,
    /// Resident memory in KB, every second of the soak.
    pub samples: Vec<u64>,
    /// The server's exit code.
    pub exit: Option<i32>,
}

/// The middle of what a well-behaved client waits for while others do not behave: less than a tool holds its thread for.
const PATIENCE: Duration = Duration::from_millis(500);

/// By so many KB the last round may leave the server larger than the one before: allocators keep what they may need again.
const GROWTH: u64 = 8 * 1024;

/// By so many KB a minute the soak may.
const SLOPE: f64 = 512.0;

/// The seconds of the soak that are not counted: until then its buffers and threads are new.
const WARM: usize = 60;

impl Row {
    pub(crate) fn new(what: String, round: u32, tally: Tally, took: Duration, before: Inside, after: Inside) -> Self {
        let Tally { right, wrong, mut times } = tally;
        times.sort_unstable();
        let at = |share: f64| times.get((times.len() as f64 * share) as usize).or(times.last()).copied().unwrap_or_default();
        Row { what, round, right, wrong, took, p50: at(0.5), p99: at(0.99), max: at(1.0), before, after }
    }
}

impl fmt::Display for Row {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row { what, round, right, wrong, took, before, after, .. } = self;
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        write!(formatter, "| {what} | {round} | {right} | {} | {:.1} | ", wrong.len(), took.as_secs_f64())?;
        write!(formatter, "{:.1} | {:.1} | {:.1} | ", ms(self.p50), ms(self.p99), ms(self.max))?;
        write!(formatter, "{} → {} | {} | ", before.tasks, after.tasks, after.open)?;
        write!(formatter, "{:.1} → {:.1} |", before.resident as f64 / 1024.0, after.resident as f64 / 1024.0)
    }
}

impl Report {
    /// For a document.
    pub fn table(&self) -> String {
        let mut text = String::from(
            "| what | round | right | wrong | took, s | p50, ms | p99, ms | max, ms | tasks | calls left | resident, MB |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
        );
        for row in &self.rows {
            let _ = writeln!(text, "{row}");
        }
        if let Some(slope) = self.slope() {
            text.push_str("\n| soak, at minute |");
            let minutes: Vec<u64> = self.samples.iter().step_by(60).copied().chain(self.samples.last().copied()).collect();
            (0..minutes.len()).for_each(|minute| _ = write!(text, " {minute} |"));
            let _ = write!(text, "\n|---|{}\n| resident, MB |", "---|".repeat(minutes.len()));
            minutes.iter().for_each(|kb| _ = write!(text, " {:.1} |", *kb as f64 / 1024.0));
            let _ = writeln!(
                text,
                "\n\nThe slope of the line through the samples of every second after the first {WARM} is {slope:.1} KB a minute."
            );
        }
        text
    }

    /// What of it may not be.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for row in &self.rows {
            let what = format!("{}, round {}", row.what, row.round);
            problems.extend(row.wrong.iter().take(5).map(|wrong| format!("{what}: {wrong}")));
            if row.right == 0 {
                problems.push(format!("{what}: nothing was asked"));
            }
            if row.after.tasks > row.before.tasks || row.after.open > 0 {
                problems.push(format!("{what}: {} tasks and {} calls are left", row.after.tasks, row.after.open));
            }
            if row.what.ends_with("meanwhile") && row.p50 > PATIENCE {
                problems.push(format!("{what}: answers took {:?}", row.p50));
            }
        }
        let last = self.rows.iter().map(|row| row.round).max().unwrap_or(0);
        let (before, after) = (self.resident(last.saturating_sub(1)), self.resident(last));
        if after > before + GROWTH {
            problems.push(format!("the last round leaves {after} KB and the one before {before} KB"));
        }
        if let Some(slope) = self.slope().filter(|slope| *slope > SLOPE) {
            problems.push(format!("memory grows by {slope:.1} KB a minute"));
        }
        if self.exit != Some(0) {
            problems.push(format!("it ended with {:?}", self.exit));
        }
        problems
    }

    /// What the server is left with after a round; the soak comes after both.
    fn resident(&self, round: u32) -> u64 {
        let rows = self.rows.iter().filter(|row| row.round == round && !row.what.ends_with("soak"));
        rows.map(|row| row.after.resident).next_back().unwrap_or(0)
    }

    /// KB a minute: least squares.
    fn slope(&self) -> Option<f64> {
        let samples: Vec<(f64, f64)> = self.samples.iter().enumerate().skip(WARM).map(|(at, kb)| (at as f64 / 60.0, *kb as f64)).collect();
        let count = samples.len() as f64;
        let (x, y) = samples.iter().fold((0.0, 0.0), |(x, y), sample| (x + sample.0 / count, y + sample.1 / count));
        let (up, across) = samples
            .iter()
            .fold((0.0, 0.0), |(up, across), sample| (up + (sample.0 - x) * (sample.1 - y), across + (sample.0 - x) * (sample.0 - x)));
        (across > 0.0).then(|| up / across)
    }
}
