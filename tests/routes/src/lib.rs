//! A Worker that was there before chatui: a page of its own, a queue, a cron trigger and a Durable Object, which a tool uses too.
//! The deployment guide shows this file.
#![cfg(target_family = "wasm")]

use chatui::tool;
use worker::{
    Context, DurableObject, Env, MessageBatch, MessageExt, Request, Response, Result, ScheduleContext, ScheduledEvent, State,
    durable_object, event, wasm_bindgen,
};

#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> Result<Response> {
    match request.path().as_str() {
        "/" => {
            env.queue("VISITS")?.send("/").await?;
            Response::ok("Welcome!")
        }
        "/mcp" => chatui::worker::fetch(request, env, context).await,
        _ => Response::error("nothing is here", 404),
    }
}

/// Use this when the user asks how many people have visited the site today.
#[tool(read_only)]
async fn visits(env: &Env) -> chatui::Result<String> {
    Ok(format!("{} visits today", count(env, "read").await?))
}

// An error of a queue's handler would end the isolate: the crate makes a panic of it.
#[event(queue)]
async fn queue(batch: MessageBatch<String>, env: Env, _: Context) -> Result<()> {
    for visit in batch.raw_iter() {
        match count(&env, "add").await {
            Ok(_) => visit.ack(),
            Err(_) => visit.retry(),
        }
    }
    Ok(())
}

#[event(scheduled)]
async fn midnight(_: ScheduledEvent, env: Env, _: ScheduleContext) {
    if let Err(error) = count(&env, "reset").await {
        worker::console_error!("the visits of yesterday are still there: {error}");
    }
}

/// Asks the one counter that there is, wherever in the world it lives.
async fn count(env: &Env, what: &str) -> Result<String> {
    let counter = env.durable_object("COUNTER")?.get_by_name("site")?;
    counter.fetch_with_str(&format!("https://counter/{what}")).await?.text().await
}

#[durable_object]
struct Counter(State);

impl DurableObject for Counter {
    fn new(state: State, _: Env) -> Self {
        Counter(state)
    }

    async fn fetch(&self, request: Request) -> Result<Response> {
        let storage = self.0.storage();
        let before = storage.get("visits").await?.unwrap_or(0);
        let visits: u32 = match request.path().as_str() {
            "/add" => before + 1,
            "/reset" => 0,
            _ => before,
        };
        if visits != before {
            storage.put("visits", visits).await?;
        }
        Response::ok(visits.to_string())
    }
}
