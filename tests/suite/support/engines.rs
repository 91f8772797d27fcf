//! Which engines the suite runs on, chosen by `COPYDESK_TEST_ENGINE`:
//!
//! - `embedded` (default): dynoxide and the object folder;
//! - `dynamodb-local`: Amazon's DynamoDB Local at `COPYDESK_TEST_DYNAMODB`, and the object folder;
//! - `ministack`: dynoxide, and MiniStack's S3 and CloudFront at `COPYDESK_TEST_MINISTACK`.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use aws_credential_types::Credentials;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use copydesk_local::ViewLog;
use copydesk_local::engines::{self, ObjectFolder, TABLE, table::TableEngine};
use copydesk_process::Clock;
use copydesk_publisher::{Bucket, Invalidation};
use copydesk_store::Table;

use super::TempFolder;
use super::faults::Faults;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Embedded,
    DynamoDbLocal,
    MiniStack,
}

impl Engine {
    pub fn chosen() -> Self {
        match std::env::var("COPYDESK_TEST_ENGINE").as_deref() {
            Err(_) | Ok("embedded" | "apart") => Self::Embedded,
            Ok("dynamodb-local") => Self::DynamoDbLocal,
            Ok("ministack") => Self::MiniStack,
            Ok(other) => panic!("COPYDESK_TEST_ENGINE={other}: embedded, dynamodb-local or ministack"),
        }
    }
}

/// A table and a bucket of one test's own.
pub struct Engines {
    /// Kept for as long as the engines are used.
    folder: Arc<TempFolder>,
    pub objects: Arc<ObjectFolder>,
    /// What releases were made of.
    pub sources: Arc<ObjectFolder>,
    tables: Tables,
    remote: Option<Arc<Remote>>,
    /// What sign-ins are signed with: processes on the same engines share it.
    session_key: Vec<u8>,
}

/// A table as it was.
pub enum TableCopy {
    File(PathBuf),
    Items(Vec<HashMap<String, AttributeValue>>),
}

impl TableCopy {
    /// All that stands in it, as somebody reads it who got hold of it.
    pub fn text(&self) -> String {
        match self {
            Self::File(path) => String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned(),
            Self::Items(items) => format!("{items:?}"),
        }
    }
}

enum Tables {
    /// With the file that it is in.
    Embedded(TableEngine, PathBuf),
    Remote {
        endpoint: String,
        name: String,
    },
}

struct Remote {
    endpoint: String,
    bucket: String,
    distribution: String,
}

pub fn endpoint(variable: &str) -> String {
    std::env::var(variable).unwrap_or_else(|_| panic!("{variable} names no endpoint: run `cargo xtask test`"))
}

/// A name that no other test has.
fn unique(prefix: &str) -> String {
    format!("{prefix}-{:012x}", fastrand::u64(..) >> 16)
}

impl Engines {
    pub async fn start() -> Self {
        let folder = Arc::new(TempFolder::new());
        let open = |name| Arc::new(ObjectFolder::open(&folder.path().join(name), Clock::system()).unwrap());
        let (objects, sources) = (open("objects"), open("sources"));
        let remote = match Engine::chosen() {
            Engine::MiniStack => Some(Arc::new(Remote::create(endpoint("COPYDESK_TEST_MINISTACK")).await)),
            _ => None,
        };
        Self::with_new_table(folder, objects, sources, remote).await
    }

    /// The same with another table, which is empty: what is left when a table is lost.
    pub async fn without_table(&self) -> Self {
        let (objects, sources) = (Arc::clone(&self.objects), Arc::clone(&self.sources));
        Self::with_new_table(Arc::clone(&self.folder), objects, sources, self.remote.clone()).await
    }

    async fn with_new_table(
        folder: Arc<TempFolder>,
        objects: Arc<ObjectFolder>,
        sources: Arc<ObjectFolder>,
        remote: Option<Arc<Remote>>,
    ) -> Self {
        let name = unique("copydesk");
        let tables = if Engine::chosen() == Engine::DynamoDbLocal {
            Tables::Remote { endpoint: endpoint("COPYDESK_TEST_DYNAMODB"), name }
        } else {
            let path = folder.path().join(format!("{name}.db"));
            Tables::Embedded(TableEngine::open(&path).unwrap(), path)
        };
        let session_key = copydesk_server::Links::new_key().unwrap();
        let engines = Self { folder, objects, sources, tables, remote, session_key };
        copydesk_migrations::migrate(&engines.table(None), &Clock::system()).await.unwrap();
        engines
    }

    /// The table as it is at this moment, while nobody writes.
    pub async fn copy_table(&self) -> TableCopy {
        if let Tables::Embedded(_, path) = &self.tables {
            let copy = self.folder.path().join(unique("copy"));
            TableEngine::copy(path, &copy).unwrap();
            return TableCopy::File(copy);
        }
        let (client, name) = self.raw();
        let items = client.scan().table_name(name).into_paginator().items().send();
        TableCopy::Items(items.try_collect().await.unwrap())
    }

    /// The same with the table as it was, as when it is restored to a point in time.
    pub async fn with_table(&self, copy: TableCopy) -> Self {
        let mut restored = self.without_table().await;
        match copy {
            TableCopy::File(path) => restored.tables = Tables::Embedded(TableEngine::open(&path).unwrap(), path),
            TableCopy::Items(items) => {
                let (client, name) = restored.raw();
                for item in items {
                    client.put_item().table_name(&name).set_item(Some(item)).send().await.unwrap();
                }
            }
        }
        restored
    }

    /// The table of an engine that is no part of this process.
    fn raw(&self) -> (aws_sdk_dynamodb::Client, String) {
        let Tables::Remote { endpoint, name } = &self.tables else { panic!("the embedded table is a file") };
        let config = aws_sdk_dynamodb::Config::builder()
            .behavior_version_latest()
            .region(aws_sdk_dynamodb::config::Region::new("local"))
            .credentials_provider(credentials())
            .endpoint_url(endpoint);
        (aws_sdk_dynamodb::Client::from_conf(config.build()), name.clone())
    }

    pub fn session_key(&self) -> &[u8] {
        &self.session_key
    }

    /// The table; every call of a faulty one goes through `faults`, and the SDK does not retry.
    pub fn table(&self, faults: Option<&Faults>) -> Table {
        match (&self.tables, faults) {
            (Tables::Embedded(engine, _), None) => engines::table(SharedHttpClient::new(engine.clone())),
            (tables, faults) => {
                let config = aws_sdk_dynamodb::Config::builder()
                    .behavior_version_latest()
                    .region(aws_sdk_dynamodb::config::Region::new("local"))
                    .credentials_provider(credentials());
                let (config, name) = match tables {
                    Tables::Embedded(engine, _) => {
                        let http = SharedHttpClient::new(engine.clone());
                        let http = faults.map_or(http.clone(), |faults| faults.wrap(http));
                        (config.endpoint_url("http://table.local").http_client(http), TABLE.to_owned())
                    }
                    Tables::Remote { endpoint, name } => {
                        let config = config.endpoint_url(endpoint.clone());
                        let config = match faults {
                            Some(faults) => config.http_client(faults.wrap(super::faults::network())),
                            None => config,
                        };
                        (config, name.clone())
                    }
                };
                let config = match faults {
                    Some(_) => config.retry_config(aws_sdk_dynamodb::config::retry::RetryConfig::disabled()),
                    None => config,
                };
                Table::new(aws_sdk_dynamodb::Client::from_conf(config.build()), &name)
            }
        }
    }

    /// Where delivery writes views down.
    pub fn views(&self) -> ViewLog {
        ViewLog::new(self.folder.path().join("views.log"))
    }

    /// The bucket of delivered objects, likewise.
    pub fn bucket(&self, faults: Option<&Faults>) -> Bucket {
        let private = engines::objects::client(Arc::clone(&self.sources));
        let private = engines::bucket(faults.map_or(private.clone(), |faults| faults.wrap(private)));
        self.delivered(faults).with_sources(Bucket::new(private, "sources"))
    }

    fn delivered(&self, faults: Option<&Faults>) -> Bucket {
        match (&self.remote, faults) {
            (Some(remote), faults) => Bucket::new(remote.s3(faults), &remote.bucket),
            (None, None) => {
                Bucket::new(engines::bucket(engines::objects::client(Arc::clone(&self.objects))), engines::BUCKET)
            }
            (None, Some(faults)) => {
                let http = faults.wrap(engines::objects::client(Arc::clone(&self.objects)));
                let config = engines::bucket(http).config().to_builder();
                let config = config.retry_config(aws_sdk_s3::config::retry::RetryConfig::disabled());
                Bucket::new(aws_sdk_s3::Client::from_conf(config.build()), engines::BUCKET)
            }
        }
    }

    pub fn invalidation(&self) -> Option<Invalidation> {
        self.remote.as_ref().map(|remote| Invalidation::new(remote.cloudfront(), &remote.distribution))
    }

    /// Where sites fetch, unless the test serves the folder itself.
    pub fn delivery_url(&self) -> Option<String> {
        self.remote.as_ref().map(|remote| format!("{}/{}", remote.endpoint, remote.bucket))
    }

    /// The paths that the CDN was told to fetch again.
    pub async fn invalidated_paths(&self) -> Vec<String> {
        let remote = self.remote.as_ref().unwrap();
        let client = remote.cloudfront();
        let listed = client.list_invalidations().distribution_id(&remote.distribution).send().await.unwrap();
        let mut paths = Vec::new();
        for summary in listed.invalidation_list.unwrap().items.unwrap_or_default() {
            let request = client.get_invalidation().distribution_id(&remote.distribution).id(summary.id);
            let batch = request.send().await.unwrap().invalidation.unwrap().invalidation_batch.unwrap();
            paths.extend(batch.paths.unwrap().items.unwrap_or_default());
        }
        paths
    }
}

/// An S3 that is no part of this process.
pub fn s3(endpoint: &str, faults: Option<&Faults>) -> aws_sdk_s3::Client {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version_latest()
        .region(aws_sdk_s3::config::Region::new("us-east-1"))
        .credentials_provider(credentials())
        .endpoint_url(endpoint)
        .force_path_style(true);
    let config = match faults {
        Some(faults) => config
            .http_client(faults.wrap(super::faults::network()))
            .retry_config(aws_sdk_s3::config::retry::RetryConfig::disabled()),
        None => config,
    };
    aws_sdk_s3::Client::from_conf(config.build())
}

fn credentials() -> Credentials {
    Credentials::new("test", "test", None, None, "test")
}

impl Remote {
    async fn create(endpoint: String) -> Self {
        let mut remote = Self { endpoint, bucket: unique("delivered"), distribution: String::new() };
        remote.s3(None).create_bucket().bucket(&remote.bucket).send().await.unwrap();
        remote.distribution = remote.create_distribution().await;
        remote
    }

    fn s3(&self, faults: Option<&Faults>) -> aws_sdk_s3::Client {
        s3(&self.endpoint, faults)
    }

    fn cloudfront(&self) -> aws_sdk_cloudfront::Client {
        let config = aws_sdk_cloudfront::Config::builder()
            .behavior_version_latest()
            .region(aws_sdk_cloudfront::config::Region::new("us-east-1"))
            .credentials_provider(credentials())
            .endpoint_url(&self.endpoint);
        aws_sdk_cloudfront::Client::from_conf(config.build())
    }

    async fn create_distribution(&self) -> String {
        use aws_sdk_cloudfront::types::{
            DefaultCacheBehavior, DistributionConfig, Origin, Origins, S3OriginConfig, ViewerProtocolPolicy,
        };
        let origin = Origin::builder()
            .id("delivered")
            .domain_name(format!("{}.s3.amazonaws.com", self.bucket))
            .s3_origin_config(S3OriginConfig::builder().origin_access_identity("").build())
            .build()
            .unwrap();
        let behavior = DefaultCacheBehavior::builder()
            .target_origin_id("delivered")
            .viewer_protocol_policy(ViewerProtocolPolicy::AllowAll)
            .build()
            .unwrap();
        let config = DistributionConfig::builder()
            .caller_reference(&self.bucket)
            .comment("test")
            .enabled(true)
            .origins(Origins::builder().quantity(1).items(origin).build().unwrap())
            .default_cache_behavior(behavior)
            .build()
            .unwrap();
        let created = self.cloudfront().create_distribution().distribution_config(config).send().await.unwrap();
        created.distribution.unwrap().id
    }
}
