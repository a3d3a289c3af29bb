//! Who listens to change notices: `subscriptions/listen` (MCP 2026-07-28, basic/patterns/subscriptions), and what the revisions
//! before had in a session.

use super::{Params, Scene, write};
use crate::{
    notices::{Handle, Listening, Topic},
    platform::wall_clock,
    revision::Era,
    session::Session,
    task::Task,
    wire::{Failure, INTERNAL_ERROR, INVALID_PARAMS, INVALID_REQUEST},
};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use serde_json::value::RawValue;
use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

/// How many resources one listener may subscribe to: what waits for it is no more than that.
const MOST: usize = 1000;

/// What a client asks for, and what of it is honoured.
#[derive(Deserialize, Serialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Filter {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    tools_list_changed: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    prompts_list_changed: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    resources_list_changed: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    resource_subscriptions: Vec<String>,
}

impl Filter {
    fn read(params: Option<&RawValue>) -> Result<Self, Failure> {
        #[derive(Deserialize)]
        struct Wanted {
            notifications: Filter,
        }
        let Wanted { notifications } = params.and_then(|json| serde_json::from_str(json.get()).ok()).ok_or_else(|| {
            let shape = r#"{"toolsListChanged": true, "resourceSubscriptions": ["…"]}"#;
            Failure::new(200, INVALID_PARAMS, format!("`params.notifications` says what to listen to, like `{shape}`"))
        })?;
        Ok(notifications)
    }

    fn topics(&self) -> Vec<Topic> {
        let lists = [
            (self.tools_list_changed, Topic::Tools),
            (self.prompts_list_changed, Topic::Prompts),
            (self.resources_list_changed, Topic::Resources),
        ];
        let lists = lists.into_iter().filter(|(wanted, _)| *wanted).map(|(_, topic)| topic);
        lists.chain(self.resource_subscriptions.iter().map(|uri| Topic::Resource(uri.as_str().into()))).collect()
    }
}

/// Listens until the server stops or the caller's token has expired, and then has its answer. Who leaves drops it.
pub(super) async fn listen(
    scene: Scene<'_>,
    handle: &Handle,
    id: &RawValue,
    params: Option<&RawValue>,
    out: &mut Vec<u8>,
) -> Result<(), Failure> {
    let Some(events) = scene.events else {
        let message = "`subscriptions/listen` is answered by a stream; send `Accept: application/json, text/event-stream`";
        return Err(Failure::new(406, INVALID_REQUEST, message));
    };
    let mut honoured = Filter::read(params)?;
    honoured.resource_subscriptions.retain(|uri| may_hear(scene, uri));
    if honoured.resource_subscriptions.len() > MOST {
        return Err(too_many());
    }
    // A session listens too, and has its own place.
    let most = scene.table.limits.subscriptions + usize::from(scene.session.is_some());
    let Some(listening) = handle.hub().join(honoured.topics(), most) else {
        return Err(Failure::new(503, INTERNAL_ERROR, "the server has as many listeners as it can take; try again in a moment"));
    };
    events.send(acknowledged(id, &honoured)).await;
    let mut expiry = expiry(scene);
    while let Some(topic) = next(&listening, &mut expiry).await {
        // A reader that is behind is waited for; what happens meanwhile is merged where it waits.
        events.send(notice(&topic, Some(id))).await;
    }
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Ended<'a> {
        result_type: &'static str,
        #[serde(rename = "_meta")]
        meta: Subscription<'a>,
    }
    write(out, &Ended { result_type: "complete", meta: Subscription(id) });
    Ok(())
}

/// When what the caller may hear is to be asked anew.
fn expiry(scene: Scene<'_>) -> Option<Task<'static, ()>> {
    let seconds: f64 = scene.user?.get("exp")?;
    let left = Duration::from_secs_f64(seconds.clamp(0.0, 1e12)).saturating_sub(Duration::from_millis(wall_clock()));
    Some(scene.platform.sleep?(left))
}

async fn next(listening: &Listening, expiry: &mut Option<Task<'static, ()>>) -> Option<Topic> {
    let mut next = pin!(listening.next());
    poll_fn(|context| match (next.as_mut().poll(context), &mut *expiry) {
        (Poll::Pending, Some(expiry)) => expiry.as_mut().poll(context).map(|()| None),
        (heard, _) => heard,
    })
    .await
}

/// `resources/subscribe` and its opposite. Where there is no session, as over HTTP, nothing is advertised that would lead here;
/// a client that asks in spite of it gets what it may read, and has to read to see a change.
pub(super) fn subscribe(scene: Scene<'_>, params: &Params<'_>, wanted: bool) -> Result<(), Failure> {
    let uri = Params::text(params.uri, "uri")?;
    if !may_hear(scene, &uri) {
        return Err(super::read::nothing(&uri, Era::Legacy));
    }
    let topic = Topic::Resource((*uri).into());
    match scene.session.and_then(Session::listening) {
        // Beside the three lists.
        Some(listening) if wanted && !listening.add([topic], MOST + 3) => Err(too_many()),
        Some(listening) if !wanted => {
            listening.remove(&Topic::Resource((*uri).into()));
            Ok(())
        }
        _ => Ok(()),
    }
}

/// Whether there is such a resource, and the caller may read it.
fn may_hear(scene: Scene<'_>, uri: &str) -> bool {
    let table = scene.table;
    // A widget is for everybody who gets this far.
    table.page(uri).is_some() || table.resource(uri).is_some_and(|(resource, _)| scene.admit(resource.access, Era::Modern).is_ok())
}

fn too_many() -> Failure {
    Failure::new(200, INVALID_PARAMS, format!("a client may subscribe to at most {MOST} resources; subscribe to fewer"))
}

fn acknowledged(id: &RawValue, honoured: &Filter) -> Vec<u8> {
    #[derive(Serialize)]
    struct Acknowledged<'a> {
        #[serde(rename = "_meta")]
        meta: Subscription<'a>,
        notifications: &'a Filter,
    }
    notification("notifications/subscriptions/acknowledged", &Acknowledged { meta: Subscription(id), notifications: honoured })
}

/// What is sent about a topic; `id`: the subscription that it is for, which the revisions before do not know.
pub(crate) fn notice(topic: &Topic, id: Option<&RawValue>) -> Vec<u8> {
    #[derive(Serialize)]
    struct About<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        uri: Option<&'a str>,
        #[serde(rename = "_meta", skip_serializing_if = "Option::is_none")]
        meta: Option<Subscription<'a>>,
    }
    let (method, uri) = match topic {
        Topic::Tools => ("notifications/tools/list_changed", None),
        Topic::Prompts => ("notifications/prompts/list_changed", None),
        Topic::Resources => ("notifications/resources/list_changed", None),
        Topic::Resource(uri) => ("notifications/resources/updated", Some(&**uri)),
    };
    notification(method, &About { uri, meta: id.map(Subscription) })
}

fn notification(method: &'static str, params: &impl Serialize) -> Vec<u8> {
    #[derive(Serialize)]
    struct Notification<'a, T> {
        jsonrpc: &'static str,
        method: &'static str,
        params: &'a T,
    }
    let mut message = Vec::with_capacity(256);
    write(&mut message, &Notification { jsonrpc: "2.0", method, params });
    message
}

/// The `_meta` of everything that belongs to a subscription, which is named by the id of the request that opened it.
struct Subscription<'a>(&'a RawValue);

impl Serialize for Subscription<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("io.modelcontextprotocol/subscriptionId", self.0)?;
        map.end()
    }
}
