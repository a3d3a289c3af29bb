use crate::store::{LIMIT, Store, Todo};
use chatui::{App, Json, Result, Tell, bail, tool, widget};

/// The to-do list, on which the person adds, ticks and deletes.
#[widget("widgets/todos.html", text = in_words)]
struct Todos {
    /// In the order in which they were added.
    todos: Vec<Todo>,
}

fn in_words(Todos { todos }: &Todos) -> String {
    let open = todos.iter().filter(|todo| todo.done_at.is_none()).count();
    let mut words = format!("{open} to do, {} done", todos.len() - open);
    for Todo { id, title, done_at, .. } in todos {
        words += &format!("\n{id}. [{}] {title}", if done_at.is_some() { "x" } else { " " });
    }
    words
}

/// Use this when the user wants to see the to-do list, or asks what is to be done.
#[tool(read_only, invoking = "Opening the list…", invoked = "Here is the list")]
async fn show_todos(store: &Store) -> Result<Todos> {
    Ok(Todos { todos: store.all().await? })
}

/// Use this when the user wants something put on the to-do list.
#[tool(writes, invoking = "Writing it down…", invoked = "Written down")]
async fn add_todo(
    /// What is to be done, in the user's words, for example "Call the dentist".
    #[arg(length = 1..=200)]
    title: String,
    store: &Store,
) -> Result<Json<Todo>> {
    let title = title.trim();
    if title.is_empty() {
        bail!("there is nothing to write down; say what is to be done");
    }
    store.add(title).await?.tell(format!("the list is full with {LIMIT} to-dos; delete some first")).map(Json)
}

/// Use this when the user has done something on the to-do list, or has not done it after all.
#[tool(writes, idempotent)]
async fn complete_todo(
    /// The number of the to-do.
    id: u32,
    /// false: it is to be done again.
    #[arg(default = true)]
    done: bool,
    store: &Store,
) -> Result<Json<Todo>> {
    store.complete(id, done).await?.tell(missing(id)).map(Json)
}

/// Use this when the user wants something off the to-do list for good. For what is done, use complete_todo.
#[tool(destructive)]
async fn delete_todo(
    /// The number of the to-do.
    id: u32,
    store: &Store,
) -> Result<Json<Todo>> {
    store.delete(id).await?.tell(missing(id)).map(Json)
}

/// The list once more, for a widget that is open already; the model would have another one drawn.
#[tool(read_only, app_only)]
async fn refresh_todos(store: &Store) -> Result<Json<Vec<Todo>>> {
    Ok(Json(store.all().await?))
}

fn missing(id: u32) -> String {
    format!("there is no to-do {id}; it may have been deleted meanwhile")
}

#[cfg(not(target_family = "wasm"))]
#[chatui::app]
fn app() -> Result<App> {
    Ok(list().state(Store::open()?))
}

#[cfg(target_family = "wasm")]
#[chatui::app]
fn app(env: &chatui::worker::Env) -> Result<App> {
    Ok(list().state(Store::bound(env)?))
}

fn list() -> App {
    App::new().instructions("Keeps one to-do list, which everybody who can reach this server shares.")
}

#[cfg(test)]
mod tests;
