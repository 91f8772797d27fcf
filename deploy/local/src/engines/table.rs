//! The embedded DynamoDB: dynoxide on SQLite, behind an HTTP client of the SDK.
//!
//! Nothing outside this file knows dynoxide, so that replacing it is replacing this file.

use std::path::Path;
use std::sync::Arc;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use dynoxide::Database;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The embedded table engine.
#[derive(Clone)]
pub struct TableEngine(Arc<Database>);

impl std::fmt::Debug for TableEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TableEngine")
    }
}

impl TableEngine {
    /// Opens or creates the database file. Every commit is durable when it is acknowledged.
    pub fn open(file: &Path) -> anyhow::Result<Self> {
        let path = file.to_str().ok_or_else(|| anyhow::anyhow!("{} is not UTF-8", file.display()))?;
        Ok(Self(Arc::new(Database::new(path)?)))
    }

    /// Removes what has expired: the engine does not do so by itself.
    pub fn sweep(&self) -> anyhow::Result<usize> {
        Ok(self.0.sweep_ttl()?)
    }

    /// Writes a consistent copy of a database file, while it may be in use.
    pub fn copy(from: &Path, to: &Path) -> anyhow::Result<()> {
        let to = to.to_str().ok_or_else(|| anyhow::anyhow!("{} is not UTF-8", to.display()))?;
        Ok(Self::open(from)?.0.vacuum_into(to)?)
    }

    fn dispatch(&self, operation: &str, body: &[u8]) -> Result<Vec<u8>, dynoxide::DynoxideError> {
        let db = &self.0;
        match operation {
            "TransactWriteItems" => answer(body, |request| db.transact_write_items(request)),
            "GetItem" => answer(body, |request| db.get_item(request)),
            "Query" => answer(body, |request| db.query(request)),
            "Scan" => answer(body, |request| db.scan(request)),
            "UpdateItem" => answer(body, |request| db.update_item(request)),
            "DeleteItem" => answer(body, |request| db.delete_item(request)),
            "BatchGetItem" => answer(body, |request| db.batch_get_item(request)),
            "CreateTable" => answer(body, |request| db.create_table(request)),
            "DescribeTable" => answer(body, |request| db.describe_table(request)),
            "UpdateTimeToLive" => answer(body, |request| db.update_time_to_live(request)),
            "DescribeTimeToLive" => answer(body, |request| db.describe_time_to_live(request)),
            other => Err(dynoxide::DynoxideError::ValidationException(format!("{other} is not used here"))),
        }
    }
}

fn answer<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    run: impl FnOnce(Q) -> Result<A, dynoxide::DynoxideError>,
) -> Result<Vec<u8>, dynoxide::DynoxideError> {
    let malformed = |error: serde_json::Error| dynoxide::DynoxideError::SerializationException(error.to_string());
    let answer = run(serde_json::from_slice(body).map_err(malformed)?)?;
    serde_json::to_vec(&answer).map_err(malformed)
}

impl HttpClient for TableEngine {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for TableEngine {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let engine = self.clone();
        HttpConnectorFuture::new(async move {
            // SQLite blocks: never on the runtime's own threads.
            let done = tokio::task::spawn_blocking(move || engine.respond(&request)).await;
            done.map_err(|error| ConnectorError::other(Box::new(error), None))?
        })
    }
}

impl TableEngine {
    fn respond(&self, request: &HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default();
        let (status, body) = match self.dispatch(operation, request.body().bytes().unwrap_or_default()) {
            Ok(body) => (200, body),
            Err(error) => (error.status_code(), error.to_json().into_bytes()),
        };
        let status = status.try_into().map_err(|error| ConnectorError::other(Box::new(error), None))?;
        let mut response = HttpResponse::new(status, SdkBody::from(body));
        response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
        Ok(response)
    }
}
