//! `copydesk-publisher-lambda`: the publisher as a Lambda function, woken by the table's stream and once a minute. Called
//! with `{"copydesk":"trial"}` it tries itself.

use std::sync::Arc;

use copydesk_process::logs;
use copydesk_publisher::events::{Batch, Event};
use copydesk_publisher::{Publisher, start};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    logs::start("info");
    let (publisher, ()) = start::publisher(|_| ()).await?;
    let publisher = Arc::new(publisher);
    lambda_runtime::run(service_fn(|event: LambdaEvent<Value>| answer(Arc::clone(&publisher), event.payload))).await
}

async fn answer(publisher: Arc<Publisher>, event: Value) -> Result<Batch, Error> {
    match Event::read(&event)? {
        Event::Requests(requests) => {
            let failed = publisher.pass(requests.projects()).await;
            // Messages to webhooks do not wait for the minute.
            publisher.deliver().await;
            Ok(requests.failures(&failed))
        }
        Event::Sweep => {
            publisher.sweep_once().await?;
            Ok(Batch::default())
        }
        Event::Trial => {
            // With its causes: what is said here is in the trial's log.
            publisher.trial().await.map_err(|error| Error::from(format!("{error:#}")))?;
            Ok(Batch::default())
        }
    }
}
