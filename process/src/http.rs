//! Serving HTTP/1.1: slow clients are cut off, and the end waits for what was begun.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use ::http::{Request, Response};
use hyper::body::{Body, Incoming};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::util::MapRequest;

/// The other end of a request's connection; an extension of every request.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub SocketAddr);

/// How long a client may take.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// From connecting to the end of the request's headers.
    pub headers: Duration,
    /// From being asked to end to giving up on open requests.
    pub drain: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { headers: Duration::from_secs(10), drain: Duration::from_secs(20) }
    }
}

/// The most fields and bytes of a request's head.
const MOST_HEADERS: usize = 64;
const HEAD_BYTES: usize = 64 * 1024;

/// Serves `service` until `shutdown`, then waits for open requests at most `patience.drain`.
pub async fn serve<S, B>(listener: TcpListener, service: S, patience: Patience, shutdown: CancellationToken)
where
    S: tower::Service<Request<Incoming>, Response = Response<B>, Error = Infallible> + Clone + Send + 'static,
    S::Future: Send,
    B: Body<Data: Send, Error: Into<Box<dyn std::error::Error + Send + Sync>>> + Send + 'static,
{
    let graceful = GracefulShutdown::new();
    let mut builder = hyper::server::conn::http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(patience.headers)
        .max_headers(MOST_HEADERS)
        .max_buf_size(HEAD_BYTES);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = shutdown.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: others have to end first.
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        // Small answers must not wait for the other side's acknowledgement; failing to ask is harmless.
        let _ = stream.set_nodelay(true);
        let name_peer = move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(Peer(peer));
            request
        };
        let service = TowerToHyperService::new(MapRequest::new(service.clone(), name_peer));
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(patience.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests were still open at the end");
    }
}
