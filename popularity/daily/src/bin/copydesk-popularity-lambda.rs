//! `copydesk-popularity-lambda`: says once a day which pages are likely to be next, as a Lambda function.

use copydesk_popularity_daily::{Daily, Summary};
use copydesk_process::logs;
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    logs::start("info");
    let daily = Daily::from_env().await?;
    // Whatever it is called with: there is one thing that it does.
    lambda_runtime::run(service_fn(async |_: LambdaEvent<Value>| -> Result<Summary, Error> {
        daily.run().await.map_err(|error| Error::from(format!("{error:#}")))
    }))
    .await
}
