//! The embedded engines: what DynamoDB and S3 are on this machine. Both are reached through the
//! AWS SDKs by an HTTP client that goes no further than this process.

pub mod objects;
pub mod table;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use copydesk_store::Table;

pub use objects::ObjectFolder;

/// The name of the embedded table.
pub const TABLE: &str = "copydesk";
/// The name of the embedded bucket of delivered objects.
pub const BUCKET: &str = "delivered";

/// A table behind `http`, wherever that leads. Unsigned: nothing leaves the process.
pub fn table(http: SharedHttpClient) -> Table {
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version_latest()
        .region(aws_sdk_dynamodb::config::Region::new("local"))
        .allow_no_auth()
        .endpoint_url("http://table.local")
        .http_client(http)
        .build();
    Table::new(aws_sdk_dynamodb::Client::from_conf(config), TABLE)
}

/// A bucket client behind `http`, wherever that leads. Unsigned and without checksums of its own:
/// the bytes do not leave the process.
pub fn bucket(http: SharedHttpClient) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version_latest()
        .region(aws_sdk_s3::config::Region::new("local"))
        .allow_no_auth()
        .request_checksum_calculation(aws_sdk_s3::config::RequestChecksumCalculation::WhenRequired)
        .response_checksum_validation(aws_sdk_s3::config::ResponseChecksumValidation::WhenRequired)
        .endpoint_url("http://objects.local")
        .force_path_style(true)
        .http_client(http)
        .build();
    aws_sdk_s3::Client::from_conf(config)
}
