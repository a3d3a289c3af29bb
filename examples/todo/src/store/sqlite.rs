use super::Todo;
use chatui::Result;
use rusqlite::{Connection, Row, TransactionBehavior, params_from_iter, types::Value};
use std::{
    env,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::task::spawn_blocking;

/// What `wrangler d1 migrations apply` does for D1; `user_version` counts those that the file has had.
const MIGRATIONS: [&str; 1] = [include_str!("../../migrations/0001_todos.sql")];

pub(crate) struct Store(Arc<Mutex<Connection>>);

impl Store {
    /// The file that TODO_DB names, or `todo.db` here.
    pub(crate) fn open() -> Result<Self> {
        Self::at(env::var_os("TODO_DB").unwrap_or_else(|| "todo.db".into()))
    }

    pub(crate) fn at(path: impl AsRef<Path>) -> Result<Self> {
        let mut connection = Connection::open(path)?;
        // Another process may read while this one writes.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        let change = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let had: u32 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for (version, migration) in (1..).zip(MIGRATIONS).skip(had as usize) {
            change.execute_batch(migration)?;
            change.pragma_update(None, "user_version", version)?;
        }
        change.commit()?;
        Ok(Store(Arc::new(Mutex::new(connection))))
    }

    /// On a thread that may wait: a commit waits for the disk, and one statement for another.
    pub(super) async fn rows<const N: usize>(&self, sql: &'static str, values: [Value; N]) -> Result<Vec<Todo>> {
        let connection = self.0.clone();
        let rows = move || {
            let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let mut statement = connection.prepare(sql)?;
            statement.query_map(params_from_iter(values), todo)?.collect::<rusqlite::Result<_>>()
        };
        Ok(spawn_blocking(rows).await??)
    }
}

fn todo(row: &Row<'_>) -> rusqlite::Result<Todo> {
    Ok(Todo { id: row.get("id")?, title: row.get("title")?, created_at: row.get("created_at")?, done_at: row.get("done_at")? })
}
