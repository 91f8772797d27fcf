//! Which table, and where it is.

use aws_config::{BehaviorVersion, Region};
use copydesk_process::Settings;

use crate::Table;

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
        Table::new(aws_sdk_dynamodb::Client::from_conf(config.build()), &self.table)
    }
}
