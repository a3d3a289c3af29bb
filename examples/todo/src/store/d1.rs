use super::Todo;
use chatui::{Result, worker::Env};
use worker::{D1Database, wasm_bindgen::JsValue};

pub(crate) struct Store(D1Database);

impl Store {
    /// The database that wrangler.toml binds to the name DB. A binding is a handle, good for all requests of an isolate.
    pub(crate) fn bound(env: &Env) -> Result<Self> {
        Ok(Store(env.d1("DB")?))
    }

    /// Not a `Send` future, which only calls that move between threads need: an isolate has one.
    pub(super) async fn rows<const N: usize>(&self, sql: &str, values: [JsValue; N]) -> Result<Vec<Todo>> {
        Ok(self.0.prepare(sql).bind(&values)?.all().await?.results()?)
    }
}
