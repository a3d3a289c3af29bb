//! The to-dos in a database. SQLite and D1 speak the same SQL, so the two bodies differ only in how a statement gets there.

#[cfg(target_family = "wasm")]
mod d1;
#[cfg(not(target_family = "wasm"))]
mod sqlite;

#[cfg(target_family = "wasm")]
pub(crate) use d1::Store;
#[cfg(not(target_family = "wasm"))]
pub(crate) use sqlite::Store;

use chatui::{Result, data};

/// The model reads the whole list whenever it is shown.
pub(crate) const LIMIT: u32 = 100;

#[data]
#[derive(Debug)]
pub(crate) struct Todo {
    pub(crate) id: u32,
    pub(crate) title: String,
    /// When it was added, in UTC.
    pub(crate) created_at: String,
    /// When it was done, in UTC; null while it is open.
    pub(crate) done_at: Option<String>,
}

impl Store {
    pub(crate) async fn all(&self) -> Result<Vec<Todo>> {
        self.rows("SELECT * FROM todos ORDER BY id", []).await
    }

    /// `None`: the list is full. One statement, because two that count first and add then could both find the last place.
    pub(crate) async fn add(&self, title: &str) -> Result<Option<Todo>> {
        let sql = "INSERT INTO todos (title) SELECT ?1 WHERE (SELECT count(*) FROM todos) < ?2 RETURNING *";
        Ok(self.rows(sql, [title.to_owned().into(), LIMIT.into()]).await?.pop())
    }

    /// `None`: there is no such to-do. One that was done before keeps its time.
    pub(crate) async fn complete(&self, id: u32, done: bool) -> Result<Option<Todo>> {
        let sql = if done {
            "UPDATE todos SET done_at = coalesce(done_at, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) WHERE id = ?1 RETURNING *"
        } else {
            "UPDATE todos SET done_at = NULL WHERE id = ?1 RETURNING *"
        };
        Ok(self.rows(sql, [id.into()]).await?.pop())
    }

    /// `None`: there is no such to-do.
    pub(crate) async fn delete(&self, id: u32) -> Result<Option<Todo>> {
        Ok(self.rows("DELETE FROM todos WHERE id = ?1 RETURNING *", [id.into()]).await?.pop())
    }
}
