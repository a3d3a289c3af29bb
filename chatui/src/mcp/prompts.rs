//! `prompts/get`: what a prompt says for its user.

use super::{Asked, Method, Params, begin, end, lacking, write};
use crate::{
    Error, Message,
    listing::Listed,
    run::{Clock, Who, guarded},
    state::Lenders,
    task::{Task, task},
    tool::Call,
    wire::{Failure, INTERNAL_ERROR, INVALID_PARAMS},
};
use chatui_template::{nearest, shortened};
use serde::Serialize;

/// Submitted by every prompt.
#[doc(hidden)]
pub const GET_PROMPT: Method = Method { name: "prompts/get", answer };

fn answer(asked: Asked<'_>) -> Task<'_, Result<(), Failure>> {
    task(get(asked))
}

#[derive(Serialize)]
struct GetResult {
    description: &'static str,
    messages: Vec<Message>,
}

async fn get(Asked { scene, params, headers, era, out, .. }: Asked<'_>) -> Result<(), Failure> {
    let table = scene.table;
    let name = Params::text(params.name, "name")?;
    let entry = table.prompts().iter().find(|entry| entry.prompt.name == name).ok_or_else(|| {
        let near = nearest(&name, table.prompts().iter().map(|entry| entry.prompt.name));
        let near = near.map_or_else(|| "; prompts/list names them".to_owned(), |near| format!("; did you mean `{near}`?"));
        Failure::new(200, INVALID_PARAMS, format!("there is no prompt `{}`{near}", shortened(&name)))
    })?;
    let prompt = entry.prompt;
    let user = scene.admit(prompt.access, era).map_err(|lack| scene.refuse(&lack))?;
    let wrong = |error: Error| Failure::new(200, INVALID_PARAMS, scene.face(error, prompt.name));
    if let Some(arguments) = params.arguments {
        table.limits.take(arguments.get()).map_err(wrong)?;
    }
    let typed = entry.typed(params.arguments).map_err(wrong)?;
    let arguments = entry.arguments(&typed).map_err(wrong)?;
    let asks = begin(scene, prompt.asks, "prompts/get", &name, params, user, era)?;
    let context = Box::new(scene.context(prompt.name, prompt.lent, params, headers, era, user).with_asking(asks.clone()));
    let lenders = Lenders { context: &context, user: context.lent_user(), door: scene.door, app: &table.states };
    let who = Who { name: prompt.name, place: prompt.place, blocking: false };
    let clock = Clock::new(table.limits.timeout_ms, scene.platform).of(context.open_questions());
    let messages = match guarded(who, (prompt.get)(Call { arguments, lenders }), clock).await {
        Ok(messages) => messages,
        Err(error) => {
            return end(asks, error, table, out).map_err(|error| {
                lacking(&error, prompt.name, era).unwrap_or_else(|| Failure::new(200, INTERNAL_ERROR, scene.face(error, prompt.name)))
            });
        }
    };
    let start = out.len();
    write(out, &Listed::once(era, table.package, GetResult { description: prompt.about, messages }));
    // A failure is written anew, from its start.
    table.limits.hold(out.len() - start).map_or(Ok(()), |why| Err(Failure::new(200, INTERNAL_ERROR, why)))
}
