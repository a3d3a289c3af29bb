//! The contract: what hosts, models and open chats rely on, committed as `chatui.lock.json` and compared with the app.

mod changes;
mod lock;
mod report;
mod rules;
mod schema;

use crate::{
    Error,
    app::{App, Door, IntoApp},
    ink::Ink,
    site::Addresses,
    table::Table,
};
pub(crate) use report::Report;
use serde_json::Value;
use std::{
    env, fs, io,
    marker::PhantomData,
    path::{Path, PathBuf},
    thread,
};

/// The name of the file, beside Cargo.toml.
const FILE: &str = "chatui.lock.json";

/// Where the file is: in the folder of the package that cargo runs, else where the program was started.
pub(crate) fn file() -> PathBuf {
    env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| FILE.into(), |folder| near(Path::new(&folder).join(FILE)))
}

/// Named from here, as a person would.
fn near(path: PathBuf) -> PathBuf {
    env::current_dir().ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned)).unwrap_or(path)
}

/// Compares the app with what was committed.
///
/// # Errors
///
/// Where there is no such file, or it can't be read.
pub(crate) fn compare(table: &Table, file: &Path) -> Result<Report, Error> {
    let (name, update) = (file.display(), update_of(file));
    let text = fs::read_to_string(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Error::tell(format!("there is no {name}; write it with `{update}`, and commit it")),
        _ => Error::tell(format!("can't read {name}: {error}")),
    })?;
    let before = lock::read(&text).map_err(|why| match may_replace(file, text.as_bytes()) {
        true => Error::tell(format!("{name} {why}; take it from version control again, or write it anew with `{update}`")),
        false => not_ours(file),
    })?;
    Ok(Report::of(changes::between(&before, &lock::of(table)), file))
}

/// What writes the file.
fn update_of(file: &Path) -> String {
    let update = "cargo run -- contract --update";
    let name = file.display().to_string();
    match name.contains(char::is_whitespace) {
        _ if file == self::file() => update.to_owned(),
        true => format!("{update} --file \"{name}\""),
        false => format!("{update} --file {name}"),
    }
}

/// Writes the file, and says whether it was another one.
///
/// # Errors
///
/// Where it can't be written, and where something else would be lost.
pub(crate) fn update(table: &Table, file: &Path) -> Result<bool, Error> {
    let text = lock::text(&lock::of(table));
    let fails = |error| Error::tell(format!("can't write {}: {error}; name another one with `--file`", file.display()));
    match fs::read(file) {
        Ok(old) if old == text.as_bytes() => return Ok(false),
        Ok(old) if !may_replace(file, &old) => return Err(not_ours(file)),
        // What can't be looked at may be anything.
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(fails(error)),
        _ => {}
    }
    fs::write(file, text).map_err(fails)?;
    Ok(true)
}

/// Under its own name the file may be damaged, by a merge for example; under another one it must be what it says.
fn may_replace(file: &Path, old: &[u8]) -> bool {
    file.ends_with(FILE) || old.trim_ascii().is_empty() || lock::is_ours(old)
}

fn not_ours(file: &Path) -> Error {
    Error::tell(format!("{} is something else than what `contract` writes; name another file with `--file`, or remove it", file.display()))
}

/// What [`assert_contract!`](crate::assert_contract) does without an app. `folder`: where the test was compiled.
#[track_caller]
pub fn assert_linked(folder: &str) {
    // A runtime for app fns that want one, on a thread where the test has none yet.
    let table = thread::scope(|scope| {
        let table = || -> Result<_, Error> {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            let door = Door { said: Addresses::default(), state_secret: None, is_development: true, nothing: PhantomData };
            Ok(runtime.block_on(App::linked(&door))?.table)
        };
        scope.spawn(table).join()
    });
    match table {
        Ok(Ok(table)) => assert_table(&table, folder),
        Ok(Err(error)) => panic!("{}", cannot_start(&error)),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// What [`assert_contract!`](crate::assert_contract) does with an app.
#[track_caller]
pub fn assert_app(app: impl IntoApp, folder: &str) {
    match app.into_app().and_then(|app| app.build_for(true).map_err(Error::keep)) {
        Ok(server) => assert_table(&server.table, folder),
        Err(error) => panic!("{}", cannot_start(&error)),
    }
}

fn cannot_start(error: &Error) -> String {
    match error.is::<crate::Mistakes>() {
        true => error.to_string(),
        false => format!("the app can't start: {error}"),
    }
}

#[track_caller]
fn assert_table(table: &Table, folder: &str) {
    // Tests that were moved to another machine are told where their package is there.
    let folder = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| folder.into());
    match compare(table, &near(Path::new(&folder).join(FILE))) {
        Ok(report) if report.is_empty() => {}
        Ok(report) => panic!("{}", report.text(&Ink::NONE)),
        Err(error) => panic!("{error}"),
    }
}

/// What the file says, where only that matters.
pub(crate) fn summary(table: &Table) -> String {
    let lock = lock::of(table);
    let count = |one: &str| {
        let count = lock[format!("{one}s")].as_object().map_or(0, serde_json::Map::len);
        format!("{count} {one}{}", if count == 1 { "" } else { "s" })
    };
    ["tool", "widget", "resource", "prompt"].map(count).join(", ")
}

/// The members of an object; of anything else none.
fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
