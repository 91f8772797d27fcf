//! Which table, and where it is.

use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region};
use copydesk_process::Settings;

use crate::Table;

/// How long one try of a call to the table may take, and the call with its retries.
const ATTEMPT: Duration = Duration::from_secs(3);
const OPERATION: Duration = Duration::from_secs(8);

/// The table's settings.
#[derive(Clone, Debug)]
pub struct TableSettings {
    /// `COPYDESK_TABLE`: the table's name.
    pub table: String,
    /// `COPYDESK_DYNAMODB_ENDPOINT`: another endpoint than Amazon's, such as `http://127.0.0.1:8000`.
    pub endpoint: Option<String>,
    /// `AWS_REGION`.
    pub region: String,
}

impl TableSettings {
    /// Reads the variables.
    pub fn read(settings: &mut Settings<'_>) -> Self {
        Self {
            table: settings.required("COPYDESK_TABLE", "the name of the DynamoDB table", String::new()),
            endpoint: settings.optional("COPYDESK_DYNAMODB_ENDPOINT"),
            region: settings.required("AWS_REGION", "the region of the table, such as eu-west-1", String::new()),
        }
    }

    /// Connects with the credentials that the AWS SDK finds in its usual places.
    pub async fn connect(&self) -> Table {
        let loader = aws_config::defaults(BehaviorVersion::latest()).region(Region::new(self.region.clone()));
        let shared = loader.load().await;
        let mut config = aws_sdk_dynamodb::config::Builder::from(&shared);
        config.set_endpoint_url(self.endpoint.clone());
        // A connection that hangs must not hold a project's saves for minutes.
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT).operation_timeout(OPERATION);
        config.set_timeout_config(Some(timeouts.build()));
        Table::new(aws_sdk_dynamodb::Client::from_conf(config.build()), &self.table)
    }
}
