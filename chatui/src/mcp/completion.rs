//! `completion/complete`: what is offered to a person who types an argument.

use super::{Asked, Method, Scene, no_method, write};
use crate::{
    access::Access,
    listing::Listed,
    offer::Offer,
    run::{Clock, Who, guarded},
    task::{Task, task},
    wire::{Failure, INTERNAL_ERROR, INVALID_PARAMS},
};
use chatui_template::{nearest, shortened};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Submitted by every item that has something to type.
#[doc(hidden)]
pub const COMPLETE: Method = Method { name: "completion/complete", answer };

fn answer(asked: Asked<'_>) -> Task<'_, Result<(), Failure>> {
    task(complete(asked))
}

/// As many values as an answer may have (MCP, server/utilities/completion).
const MOST: usize = 100;

/// What else is sent, such as the arguments that are filled in already, changes nothing.
#[derive(Deserialize)]
struct Wanted<'a> {
    #[serde(borrow, rename = "ref")]
    of: Reference<'a>,
    #[serde(borrow)]
    argument: Argument<'a>,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Reference<'a> {
    #[serde(rename = "ref/prompt")]
    Prompt {
        #[serde(borrow)]
        name: Cow<'a, str>,
    },
    #[serde(rename = "ref/resource")]
    Resource {
        #[serde(borrow)]
        uri: Cow<'a, str>,
    },
}

#[derive(Deserialize)]
struct Argument<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow)]
    value: Cow<'a, str>,
}

#[derive(Serialize)]
struct CompleteResult {
    completion: Completion,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Completion {
    values: Vec<String>,
    total: usize,
    has_more: bool,
}

/// What of it an argument belongs to.
struct Typed<'a> {
    name: &'static str,
    place: &'static str,
    access: Access,
    offers: &'a [Offer],
}

async fn complete(Asked { scene, params, era, out, .. }: Asked<'_>) -> Result<(), Failure> {
    let table = scene.table;
    if !table.completes {
        return Err(no_method(COMPLETE.name, era));
    }
    let wanted = params.whole().and_then(|params| serde_json::from_str::<Wanted<'_>>(params.get()).ok()).ok_or_else(|| {
        let shape = "a `ref`, which is `{\"type\": \"ref/prompt\", \"name\": …}` or `{\"type\": \"ref/resource\", \"uri\": …}`, and an `argument` with `name` and `value`";
        wrong(format!("`params` must have {shape}"))
    })?;
    let Typed { name, place, access, offers } = typed(scene, &wanted.of)?;
    scene.admit(access, era).map_err(|lack| scene.refuse(&lack))?;
    let key = &wanted.argument.name;
    let offer = offers.iter().find(|offer| offer.key == key).ok_or_else(|| {
        let near = near(key, offers.iter().map(|offer| offer.key));
        wrong(format!("`{name}` has no argument `{}`{near}", shortened(key)))
    })?;
    let who = Who { name, place, blocking: false };
    let values = task(async { Ok(offer.values(&wanted.argument.value)) });
    let mut values = guarded(who, values, Clock::new(table.limits.timeout_ms, scene.platform))
        .await
        .map_err(|error| Failure::new(200, INTERNAL_ERROR, scene.face(error, name)))?;
    let total = values.len();
    values.truncate(MOST);
    let start = out.len();
    let completion = Completion { has_more: total > values.len(), total, values };
    write(out, &Listed::once(era, table.package, CompleteResult { completion }));
    // A failure is written anew, from its start.
    table.limits.hold(out.len() - start).map_or(Ok(()), |why| Err(Failure::new(200, INTERNAL_ERROR, why)))
}

fn typed<'a>(scene: Scene<'a>, of: &Reference<'_>) -> Result<Typed<'a>, Failure> {
    match of {
        Reference::Prompt { name } => {
            let all = scene.table.prompts();
            let entry = all.iter().find(|entry| entry.prompt.name == name).ok_or_else(|| {
                wrong(format!("there is no prompt `{}`{}", shortened(name), near(name, all.iter().map(|entry| entry.prompt.name))))
            })?;
            let prompt = entry.prompt;
            Ok(Typed { name: prompt.name, place: prompt.place, access: prompt.access, offers: &entry.offers })
        }
        Reference::Resource { uri } => {
            let all = scene.table.resources();
            let entry = all.iter().find(|entry| entry.resource.uri == uri).ok_or_else(|| {
                let near = near(uri, all.iter().map(|entry| entry.resource.uri));
                wrong(format!("there is no resource with the address or template `{}`{near}", shortened(uri)))
            })?;
            let resource = entry.resource;
            Ok(Typed { name: resource.name, place: resource.place, access: resource.access, offers: &entry.offers })
        }
    }
}

fn wrong(message: String) -> Failure {
    Failure::new(200, INVALID_PARAMS, message)
}

fn near<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    nearest(name, known).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}
