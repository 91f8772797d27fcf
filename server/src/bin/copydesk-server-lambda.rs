//! `copydesk-server-lambda`: the editing API as a Lambda function, behind an HTTP API or a function URL.

use std::net::{IpAddr, SocketAddr};

use copydesk_process::http::Peer;
use copydesk_process::{Settings, logs};
use copydesk_server::{ServerSettings, router, start};
use lambda_http::request::RequestContext;
use lambda_http::{Error, Request, RequestExt as _};
use tower::ServiceBuilder;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    logs::start("info");
    let mut read = Settings::from_env();
    let settings = ServerSettings::read(&mut read);
    let app = start::app(read.finish(settings)?).await?;
    lambda_http::run(ServiceBuilder::new().map_request(with_peer).service(router(app))).await
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
