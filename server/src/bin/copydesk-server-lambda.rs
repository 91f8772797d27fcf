//! `copydesk-server-lambda`: the editing API as a Lambda function, behind an HTTP API or a function URL. Called with
//! `{"copydesk":"trial"}`, which no gateway does, it tries itself.

use std::net::{IpAddr, SocketAddr};

use copydesk_process::http::Peer;
use copydesk_process::{Settings, logs};
use copydesk_server::{ServerSettings, router, start};
use lambda_http::request::{LambdaRequest, RequestContext};
use lambda_http::tower::{Service as _, ServiceExt as _};
use lambda_http::{Adapter, Error, LambdaEvent, Request, RequestExt as _, lambda_runtime, service_fn};
use reqwest::Url;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use tower::ServiceBuilder;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    logs::start("info");
    let mut read = Settings::from_env();
    let settings = ServerSettings::read(&mut read);
    let (app, trial) = start::with_trial(read.finish(settings)?).await?;
    let api = Adapter::from(ServiceBuilder::new().map_request(with_peer).service(router(app)));
    lambda_runtime::run(service_fn(move |LambdaEvent { payload, context }: LambdaEvent<Box<RawValue>>| {
        let (mut api, trial) = (api.clone(), trial.clone());
        async move {
            if Call::is_trial(&payload) {
                // With its causes: what is said here is in the trial's log.
                let release = trial.run().await.map_err(|error| Error::from(format!("{error:#}")))?;
                return Ok::<_, Error>(Answer::Trial { release: release.0 });
            }
            let mut payload: LambdaRequest = serde_json::from_str(payload.get())?;
            if let LambdaRequest::ApiGatewayV2(request) = &mut payload {
                request.raw_query_string = request.raw_query_string.take().and_then(|query| escaped(&query));
            }
            Ok(Answer::Http(api.ready().await?.call(LambdaEvent { payload, context }).await?))
        }
    }))
    .await
}

/// What the function is called with where it is no request.
#[derive(Deserialize)]
struct Call {
    copydesk: String,
}

impl Call {
    fn is_trial(payload: &RawValue) -> bool {
        serde_json::from_str::<Self>(payload.get()).is_ok_and(|call| call.copydesk == "trial")
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum Answer<R> {
    Http(R),
    Trial { release: u64 },
}

/// A query as addresses have it: what comes otherwise, a blank in it, say, would end the call with an error.
fn escaped(query: &str) -> Option<String> {
    let mut address = Url::parse("http://localhost").ok()?;
    address.set_query(Some(query));
    address.query().map(str::to_owned)
}

/// Says where a request comes from, as a connection does elsewhere. The gateway saw it itself: what clients write into
/// headers is not believed.
fn with_peer(mut request: Request) -> Request {
    let address = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV2(context)) => context.http.source_ip.as_deref().and_then(|ip| ip.parse().ok()),
        _ => None,
    };
    let address: IpAddr = address.unwrap_or(IpAddr::from([0, 0, 0, 0]));
    request.extensions_mut().insert(Peer(SocketAddr::new(address, 0)));
    request
}
