//! The app as a handler of rmcp, in a server that is rmcp's: its transports and sessions, our road.
#![expect(deprecated, reason = "logging: there are clients that still want it")]

use crate::{
    about::Initialized,
    events, http,
    level::Level,
    mcp::{CAPABILITIES_KEY, Headers, Scene, VERSION_KEY},
    revision, rpc,
    server::Server,
    user::User,
};
use futures_core::Stream;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestParams, CompleteResult, GetPromptRequestParams,
        GetPromptResponse, GetPromptResult, InputRequiredResult, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult,
        ListToolsResult, PaginatedRequestParams, ProtocolVersion, ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult,
        ServerConfig, ServerNotification, ServerRequest, SetLevelRequestParams, SubscribeRequestParams, UnsubscribeRequestParams,
    },
    service::RequestContext,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use std::{
    collections::BTreeMap,
    future::poll_fn,
    pin::{Pin, pin},
};

/// A built app in a server of rmcp, which brings its own transports and sessions: `server.serve(rmcp::transport::stdio())`, or a
/// `StreamableHttpService` whose factory clones it. What rmcp's types do not know is not sent: a tool's `securitySchemes` are then
/// in its `_meta` alone. A tool that asks does so in a session of any revision, and runs again from its top with the answer, as it
/// does with MCP 2026-07-28. In those older sessions a call sees no headers, and hears nothing of `logging/setLevel`. Addresses, hosts and tokens are the surrounding server's to check; whom it has verified it puts into the
/// request's extensions, as [`Server::handle`] takes it.
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let newest = revision::names(revision::Era::Legacy).next().unwrap_or_default();
        let about = serde_json::to_value(Initialized::new(self.table.about(), newest)).unwrap_or_default();
        serde_json::from_value(about).unwrap_or_default()
    }

    async fn list_tools(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        read(self.forward("tools/list", params(&request)?, &context).await?)
    }

    async fn call_tool(&self, request: CallToolRequestParams, context: RequestContext<RoleServer>) -> Result<CallToolResponse, ErrorData> {
        Either::<CallToolResult>::read(self.settle("tools/call", &request, context).await?).map(Into::into)
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        read(self.forward("resources/list", params(&request)?, &context).await?)
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        read(self.forward("resources/templates/list", params(&request)?, &context).await?)
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        Either::<ReadResourceResult>::read(self.settle("resources/read", &request, context).await?).map(Into::into)
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        read(self.forward("prompts/list", params(&request)?, &context).await?)
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        Either::<GetPromptResult>::read(self.settle("prompts/get", &request, context).await?).map(Into::into)
    }

    async fn subscribe(&self, request: SubscribeRequestParams, context: RequestContext<RoleServer>) -> Result<(), ErrorData> {
        self.forward("resources/subscribe", params(&request)?, &context).await.map(drop)
    }

    async fn unsubscribe(&self, request: UnsubscribeRequestParams, context: RequestContext<RoleServer>) -> Result<(), ErrorData> {
        self.forward("resources/unsubscribe", params(&request)?, &context).await.map(drop)
    }

    async fn complete(&self, request: CompleteRequestParams, context: RequestContext<RoleServer>) -> Result<CompleteResult, ErrorData> {
        read(self.forward("completion/complete", params(&request)?, &context).await?)
    }

    async fn set_level(&self, request: SetLevelRequestParams, context: RequestContext<RoleServer>) -> Result<(), ErrorData> {
        self.forward("logging/setLevel", params(&request)?, &context).await.map(drop)
    }
}

/// An answer, or what it needs first.
enum Either<T> {
    Is(T),
    Asks(InputRequiredResult),
}

impl<T: DeserializeOwned> Either<T> {
    fn read(result: Value) -> Result<Self, ErrorData> {
        match result["resultType"].as_str() {
            Some("input_required") => read(result).map(Either::Asks),
            _ => read(result).map(Either::Is),
        }
    }
}

macro_rules! answers {
    ($($response:ident)*) => {$(
        impl<T: Into<$response>> From<Either<T>> for $response {
            fn from(answer: Either<T>) -> Self {
                match answer {
                    Either::Is(result) => result.into(),
                    Either::Asks(questions) => $response::InputRequired(questions),
                }
            }
        }
    )*};
}
answers!(CallToolResponse ReadResourceResponse GetPromptResponse);

fn read<T: DeserializeOwned>(json: Value) -> Result<T, ErrorData> {
    serde_json::from_value(json).map_err(|error| ErrorData::internal_error(format!("rmcp does not read this answer: {error}"), None))
}

/// How often a client is asked in one call: as often as rmcp's own clients answer.
const ROUNDS: usize = 10;

impl Server {
    /// Answers a call, and where it asks a client whose session is older than rounds are, asks it here, in between.
    async fn settle(&self, method: &str, request: &impl Serialize, context: RequestContext<RoleServer>) -> Result<Value, ErrorData> {
        let mut params = params(request)?;
        if !is_older(&context) {
            return self.forward(method, params, &context).await;
        }
        let meta = &mut params["_meta"];
        *meta = written(&context.meta)?;
        meta[VERSION_KEY] = ProtocolVersion::V_2026_07_28.as_str().into();
        meta[CAPABILITIES_KEY] = written(&context.client_capabilities().unwrap_or_default())?;
        if let Some(client) = context.client_info() {
            meta["io.modelcontextprotocol/clientInfo"] = written(&client)?;
        }
        meta["io.modelcontextprotocol/logLevel"] = Level::UNASKED.name().into();
        for _ in 0..ROUNDS {
            let mut result = self.forward(method, params.clone(), &context).await?;
            if result["resultType"] != "input_required" {
                return Ok(result);
            }
            params["inputResponses"] = asked(&context, result["inputRequests"].take()).await?;
            params["requestState"] = result["requestState"].take();
        }
        Err(ErrorData::internal_error(format!("the client was asked {ROUNDS} times, and the call still asks"), None))
    }

    /// Goes down our road, and brings back what it says; what is said on the way goes to the client meanwhile.
    async fn forward(&self, method: &str, mut params: Value, context: &RequestContext<RoleServer>) -> Result<Value, ErrorData> {
        if params["_meta"].is_null() {
            // rmcp has taken it out.
            params["_meta"] = written(&context.meta)?;
        }
        let bytes = written(&json!({ "jsonrpc": "2.0", "id": context.id, "method": method, "params": params }))?.to_string().into_bytes();
        let parts = context.extensions.get::<::http::request::Parts>();
        let headers = parts.map(|parts| match http::standard(&parts.headers) {
            all if !is_older(context) => all,
            // What they say is about the session's revision.
            Headers { agent, .. } => Headers { agent, ..Headers::default() },
        });
        let headers = headers.filter(|_| !(is_older(context) && params["_meta"][VERSION_KEY].is_string()));
        let user = parts.and_then(|parts| parts.extensions.get::<User>());
        let (events, mut arrivals) = events::pipe();
        let mut road = pin!(rpc::answer(Scene::of(self, user, Some(&events)), &bytes, headers));
        let answer = loop {
            let arrived = poll_fn(|context| Pin::new(&mut arrivals).poll_next(context));
            tokio::select! {
                // What a call says goes before its answer.
                biased;
                Some(said) = arrived => tell(context, &said).await,
                answer = &mut road => break answer,
                () = context.ct.cancelled() => return Err(cancelled()),
            }
        };
        while let Ok(said) = arrivals.try_recv() {
            tell(context, &said).await;
        }
        #[derive(Deserialize)]
        struct Answer {
            #[serde(default)]
            result: Value,
            error: Option<ErrorData>,
        }
        let answer: Answer = read(serde_json::from_slice(&answer.body.unwrap_or_default()).unwrap_or_default())?;
        answer.error.map_or(Ok(answer.result), Err)
    }
}

fn cancelled() -> ErrorData {
    ErrorData::internal_error("cancelled", None)
}

/// Whether it is of a session in which a call that asks stays.
fn is_older(context: &RequestContext<RoleServer>) -> bool {
    context.protocol_version().is_none_or(|version| version < ProtocolVersion::V_2026_07_28)
}

/// What a client answers to these requests.
async fn asked(context: &RequestContext<RoleServer>, requests: Value) -> Result<Value, ErrorData> {
    let requests: BTreeMap<String, ServerRequest> = read(requests)?;
    let mut responses = Map::new();
    for (name, request) in requests {
        let response = tokio::select! {
            response = context.peer.send_request(request) => response,
            () = context.ct.cancelled() => return Err(cancelled()),
        };
        let response = response.map_err(|error| ErrorData::internal_error(format!("the client did not answer: {error}"), None))?;
        responses.insert(name, written(&response)?);
    }
    Ok(responses.into())
}

fn params(request: &impl Serialize) -> Result<Value, ErrorData> {
    let params = written(request)?;
    Ok(if params.is_null() { json!({}) } else { params })
}

fn written(value: &impl Serialize) -> Result<Value, ErrorData> {
    serde_json::to_value(value).map_err(|error| ErrorData::internal_error(format!("this can't be written: {error}"), None))
}

/// A client that is gone hears nothing more.
async fn tell(context: &RequestContext<RoleServer>, said: &[u8]) {
    if let Ok(notification) = serde_json::from_slice::<ServerNotification>(said) {
        let _ = context.peer.send_notification(notification).await;
    }
}
