//! Faults between the SDK and an engine: what networks and busy services do, on purpose.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;

/// What happens to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It never arrives.
    Fail,
    /// It is done, but its answer is lost.
    Drop,
    /// It arrives late.
    Delay(Duration),
    /// It arrives twice; the second answer comes back.
    Duplicate,
    /// Another transaction is at one of its items.
    Conflict,
    /// The table is busy.
    Throttle,
}

type Decide = Box<dyn FnMut(u64, &HttpRequest) -> Option<Fault> + Send>;

/// Decides for each call, by its number, what happens to it.
#[derive(Clone)]
pub struct Faults(Arc<Mutex<State>>);

struct State {
    calls: u64,
    decide: Decide,
    /// Old answers to queries, where they may come again.
    answers: Option<HashMap<Vec<u8>, Vec<u8>>>,
}

impl std::fmt::Debug for Faults {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Faults")
    }
}

impl Faults {
    /// No faults until told otherwise.
    pub fn none() -> Self {
        let decide: Decide = Box::new(|_, _| None);
        Self(Arc::new(Mutex::new(State { calls: 0, decide, answers: None })))
    }

    /// From now on the calls are counted from 1 and `decide` says what happens to each.
    pub fn arm(&self, decide: impl FnMut(u64, &HttpRequest) -> Option<Fault> + Send + 'static) {
        let mut state = self.0.lock().unwrap();
        state.calls = 0;
        state.decide = Box::new(decide);
    }

    /// The n-th call from now on meets `fault`.
    pub fn nth(&self, n: u64, fault: Fault) {
        self.arm(move |call, _| (call == n).then_some(fault));
    }

    /// Every query may be answered as it was the last time it was asked: the isolation of a query
    /// beside transactions is no better.
    pub fn stale_queries(&self) {
        self.0.lock().unwrap().answers = Some(HashMap::new());
    }

    /// Calls since the faults were armed.
    pub fn calls(&self) -> u64 {
        self.0.lock().unwrap().calls
    }

    /// A client that goes through these faults.
    pub fn wrap(&self, inner: SharedHttpClient) -> SharedHttpClient {
        SharedHttpClient::new(Faulty { inner, faults: self.clone() })
    }

    fn next(&self, request: &HttpRequest) -> Option<Fault> {
        let mut state = self.0.lock().unwrap();
        state.calls += 1;
        let call = state.calls;
        (state.decide)(call, request)
    }

    fn old_answer(&self, request: &HttpRequest) -> Option<Vec<u8>> {
        if !request.headers().get("x-amz-target").unwrap_or_default().ends_with(".Query") || fastrand::u8(..) < 128 {
            return None;
        }
        let key = request.body().bytes()?;
        // Only drafts: the log and the queue are point reads in disguise.
        if !String::from_utf8_lossy(key).contains("DRAFT#") {
            return None;
        }
        self.0.lock().unwrap().answers.as_mut()?.remove(key)
    }

    fn keep_answer(&self, key: Vec<u8>, answer: &HttpResponse) {
        if let (Some(answers), Some(body)) = (&mut self.0.lock().unwrap().answers, answer.body().bytes()) {
            answers.insert(key, body.to_vec());
        }
    }
}

/// A plain client, for engines on another port of this machine.
pub fn network() -> SharedHttpClient {
    aws_smithy_http_client::Builder::new().build_http()
}

#[derive(Clone, Debug)]
struct Faulty {
    inner: SharedHttpClient,
    faults: Faults,
}

impl HttpClient for Faulty {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(FaultyConnector { inner, faults: self.faults.clone() })
    }
}

#[derive(Clone, Debug)]
struct FaultyConnector {
    inner: SharedHttpConnector,
    faults: Faults,
}

impl HttpConnector for FaultyConnector {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let (inner, faults) = (self.inner.clone(), self.faults.clone());
        let fault = faults.next(&request);
        HttpConnectorFuture::new(async move {
            match fault {
                None => {
                    if let Some(old) = faults.old_answer(&request) {
                        return Ok(respond(200, old));
                    }
                    let key = request.body().bytes().unwrap_or_default().to_vec();
                    let answer = inner.call(request).await?;
                    faults.keep_answer(key, &answer);
                    Ok(answer)
                }
                Some(Fault::Fail) => Err(lost()),
                Some(Fault::Drop) => {
                    inner.call(request).await?;
                    Err(lost())
                }
                Some(Fault::Delay(late)) => {
                    tokio::time::sleep(late).await;
                    inner.call(request).await
                }
                Some(Fault::Duplicate) => {
                    let again = request.try_clone().unwrap();
                    inner.call(request).await?;
                    inner.call(again).await
                }
                Some(Fault::Conflict) => Ok(respond(400, conflict(&request))),
                Some(Fault::Throttle) => Ok(respond(
                    400,
                    br#"{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"busy"}"#.to_vec(),
                )),
            }
        })
    }
}

fn lost() -> ConnectorError {
    ConnectorError::io("the connection was lost".into())
}

fn respond(status: u16, body: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.0");
    response
}

/// A transaction cancelled because of its first item.
fn conflict(request: &HttpRequest) -> Vec<u8> {
    let body: serde_json::Value = serde_json::from_slice(request.body().bytes().unwrap()).unwrap();
    let items = body["TransactItems"].as_array().map_or(1, Vec::len);
    let reasons: Vec<_> = (0..items)
        .map(|n| serde_json::json!({ "Code": if n == 0 { "TransactionConflict" } else { "None" } }))
        .collect();
    let error = serde_json::json!({
        "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        "message": "Transaction cancelled",
        "CancellationReasons": reasons,
    });
    serde_json::to_vec(&error).unwrap()
}

/// Whether a call is a transaction.
pub fn is_transaction(request: &HttpRequest) -> bool {
    request.headers().get("x-amz-target").unwrap_or_default().ends_with(".TransactWriteItems")
}
