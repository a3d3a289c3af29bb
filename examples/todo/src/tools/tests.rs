//! The tools are functions: called as such, on a database in memory or in a file that goes away again. What the model sends
//! is tested through a client.

use super::*;
use chatui::testing::{client, json};
use std::{path::PathBuf, sync::Arc};

fn memory() -> Result<Store> {
    Store::at(":memory:")
}

async fn add(title: &str, store: &Store) -> Result<u32> {
    Ok(add_todo(title.into(), store).await?.0.id)
}

async fn words(store: &Store) -> Result<String> {
    Ok(in_words(&show_todos(store).await?))
}

fn told<T>(result: Result<T>) -> String {
    result.err().and_then(|error| error.told().map(ToOwned::to_owned)).unwrap_or_default()
}

/// With a list of its own: the app's would make its file.
#[test]
fn what_hosts_see_is_what_was_committed() -> Result<()> {
    chatui::assert_contract!(list().state(memory()?));
    Ok(())
}

#[tokio::test]
async fn a_to_do_is_added_done_reopened_and_deleted() -> Result<()> {
    let store = memory()?;
    assert_eq!(words(&store).await?, "0 to do, 0 done");
    let (milk, _bread) = (add("  Milk ", &store).await?, add("Bread", &store).await?);
    complete_todo(milk, true, &store).await?;
    assert_eq!(words(&store).await?, "1 to do, 1 done\n1. [x] Milk\n2. [ ] Bread");
    complete_todo(milk, false, &store).await?;
    delete_todo(2, &store).await?;
    assert_eq!(words(&store).await?, "1 to do, 0 done\n1. [ ] Milk");
    assert_eq!(refresh_todos(&store).await?.0.len(), 1);
    Ok(())
}

#[tokio::test]
async fn done_twice_keeps_the_first_time() -> Result<()> {
    let store = memory()?;
    let id = add("Milk", &store).await?;
    let first = complete_todo(id, true, &store).await?.0.done_at;
    tokio::time::sleep(std::time::Duration::from_millis(1100)).await; // the database counts seconds
    assert_eq!(complete_todo(id, true, &store).await?.0.done_at, first);
    assert!(first.is_some_and(|at| at.ends_with('Z') && at.len() == 20));
    Ok(())
}

#[tokio::test]
async fn what_cannot_be_done_is_told() -> Result<()> {
    let store = memory()?;
    assert_eq!(told(add_todo(" \n ".into(), &store).await), "there is nothing to write down; say what is to be done");
    for missing in [complete_todo(7, true, &store).await, delete_todo(7, &store).await] {
        assert_eq!(told(missing), "there is no to-do 7; it may have been deleted meanwhile");
    }
    Ok(())
}

#[tokio::test]
async fn what_the_model_sends_is_looked_at() -> Result<()> {
    let client = client(list().state(memory()?));
    client.call("add_todo", json!({ "title": "" })).await.assert_error_contains("`title`");
    let milk: Todo = client.call_as("add_todo", json!({ "title": "Milk" })).await?;
    client.call("complete_todo", json!({ "id": milk.id })).await.assert_ok();
    client.call("show_todos", ()).await.assert_text_contains("[x] Milk").assert_data_contains(json!({ "todos": [{ "id": 1 }] }));
    Ok(())
}

#[tokio::test]
async fn a_number_is_never_used_again() -> Result<()> {
    let store = memory()?;
    let id = add("Milk", &store).await?;
    delete_todo(id, &store).await?;
    assert!(add("Bread", &store).await? > id);
    Ok(())
}

#[tokio::test]
async fn a_title_is_data_and_no_sql() -> Result<()> {
    let store = memory()?;
    let title = "'); DROP TABLE todos; -- <script>\u{1f95b}";
    add(title, &store).await?;
    assert_eq!(refresh_todos(&store).await?.0[0].title, title);
    Ok(())
}

/// A file of its own for each test, with the two that SQLite puts beside it.
struct File(PathBuf);

impl File {
    fn named(name: &str) -> Self {
        File(std::env::temp_dir().join(format!("chatui-todo-{name}-{}.db", std::process::id())))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for end in ["db", "db-wal", "db-shm"] {
            drop(std::fs::remove_file(self.0.with_extension(end)));
        }
    }
}

#[tokio::test]
async fn the_file_is_made_once_and_then_found_again() -> Result<()> {
    let file = File::named("again");
    add("Milk", &Store::at(&file.0)?).await?;
    assert_eq!(words(&Store::at(&file.0)?).await?, "1 to do, 0 done\n1. [ ] Milk");
    Ok(())
}

/// Two servers on one file, and many calls in each.
#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_lose_nothing_and_keep_the_limit() -> Result<()> {
    let file = File::named("many");
    let stores = [Arc::new(Store::at(&file.0)?), Arc::new(Store::at(&file.0)?)];
    let calls = (0..LIMIT + 20).map(|number| {
        let store = stores[number as usize % 2].clone();
        tokio::spawn(async move { add(&format!("Number {number}"), &store).await })
    });
    let mut added = 0;
    for call in calls.collect::<Vec<_>>() {
        match call.await? {
            Ok(_) => added += 1,
            refused => assert_eq!(told(refused), "the list is full with 100 to-dos; delete some first"),
        }
    }
    assert_eq!(added, LIMIT);
    assert_eq!(show_todos(&stores[0]).await?.todos.len(), LIMIT as usize);
    Ok(())
}
