//! The app as a handler of rmcp, in a server that is rmcp's: its transports and sessions, our road.
#![expect(deprecated, reason = "logging: there are clients that still want it")]

use crate::{about::Initialized, events, http, mcp::Scene, revision, rpc, server::Server, user::User};
use futures_core::Stream;
use rmcp::{
    ErrorData, RoleServer, ServerHandler,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, CompleteRequestParams, CompleteResult, GetPromptRequestParams,
        GetPromptResponse, GetPromptResult, InputRequiredResult, ListPromptsResult, ListResourceTemplatesResult, ListResourcesResult,
        ListToolsResult, PaginatedRequestParams, ReadResourceRequestParams, ReadResourceResponse, ReadResourceResult, ServerConfig,
        ServerNotification, SetLevelRequestParams,
    },
    service::RequestContext,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{
    future::poll_fn,
    pin::{Pin, pin},
};

/// A built app in a server of rmcp, which brings its own transports and sessions: `server.serve(rmcp::transport::stdio())`, or a
/// `StreamableHttpService` whose factory clones it. What rmcp's types do not know is not sent: a tool's `securitySchemes` are then
/// in its `_meta` alone. Addresses, hosts and tokens are the surrounding server's to check; whom it has verified it puts into the
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
        read(self.forward("tools/list", &request, context).await?)
    }

    async fn call_tool(&self, request: CallToolRequestParams, context: RequestContext<RoleServer>) -> Result<CallToolResponse, ErrorData> {
        Either::<CallToolResult>::read(self.forward("tools/call", &request, context).await?).map(Into::into)
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        read(self.forward("resources/list", &request, context).await?)
    }

    async fn list_resource_templates(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        read(self.forward("resources/templates/list", &request, context).await?)
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        Either::<ReadResourceResult>::read(self.forward("resources/read", &request, context).await?).map(Into::into)
    }

    async fn list_prompts(
        &self,
        request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        read(self.forward("prompts/list", &request, context).await?)
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        Either::<GetPromptResult>::read(self.forward("prompts/get", &request, context).await?).map(Into::into)
    }

    async fn complete(&self, request: CompleteRequestParams, context: RequestContext<RoleServer>) -> Result<CompleteResult, ErrorData> {
        read(self.forward("completion/complete", &request, context).await?)
    }

    async fn set_level(&self, request: SetLevelRequestParams, context: RequestContext<RoleServer>) -> Result<(), ErrorData> {
        self.forward("logging/setLevel", &request, context).await.map(drop)
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

impl Server {
    /// Goes down our road, and brings back what it says; what is said on the way goes to the client meanwhile.
    async fn forward(&self, method: &str, params: &impl Serialize, context: RequestContext<RoleServer>) -> Result<Value, ErrorData> {
        let bytes = message(method, params, &context)?;
        let parts = context.extensions.get::<::http::request::Parts>();
        let headers = parts.map(|parts| http::standard(&parts.headers));
        let user = parts.and_then(|parts| parts.extensions.get::<User>());
        let (events, mut arrivals) = events::pipe();
        let mut road = pin!(rpc::answer(Scene::of(self, user, Some(&events)), &bytes, headers));
        let answer = loop {
            let arrived = poll_fn(|context| Pin::new(&mut arrivals).poll_next(context));
            tokio::select! {
                // What a call says goes before its answer.
                biased;
                Some(said) = arrived => tell(&context, &said).await,
                answer = &mut road => break answer,
                () = context.ct.cancelled() => return Err(ErrorData::internal_error("cancelled", None)),
            }
        };
        while let Ok(said) = arrivals.try_recv() {
            tell(&context, &said).await;
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

/// The request as it came in.
fn message(method: &str, params: &impl Serialize, context: &RequestContext<RoleServer>) -> Result<Vec<u8>, ErrorData> {
    let unwritten = |error| ErrorData::internal_error(format!("the request can't be written: {error}"), None);
    let mut params = serde_json::to_value(params).map_err(unwritten)?;
    if params.is_null() {
        params = json!({});
    }
    // rmcp has taken it out.
    params["_meta"] = serde_json::to_value(&context.meta).map_err(unwritten)?;
    serde_json::to_vec(&json!({ "jsonrpc": "2.0", "id": context.id, "method": method, "params": params })).map_err(unwritten)
}

/// A client that is gone hears nothing more.
async fn tell(context: &RequestContext<RoleServer>, said: &[u8]) {
    if let Ok(notification) = serde_json::from_slice::<ServerNotification>(said) {
        let _ = context.peer.send_notification(notification).await;
    }
}
