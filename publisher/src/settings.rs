//! What a publisher has to be told.

use std::time::Duration;

use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region};
use copydesk_process::Settings;

use crate::{Bucket, Invalidation};

/// How long one try of a call may take, and the call with its retries.
const ATTEMPT: Duration = Duration::from_secs(10);
const OPERATION: Duration = Duration::from_secs(30);
/// Caches may show a release for a week after it was replaced: its files stay longer than that.
const LEAST_DAYS: u64 = 8;

/// Where releases are written.
#[derive(Clone, Debug)]
pub struct PublisherSettings {
    /// `COPYDESK_BUCKET`: the bucket of delivered objects.
    pub bucket: String,
    /// `COPYDESK_SOURCES`: a private bucket for what releases are made of: the way back when the table is lost.
    pub sources: Option<String>,
    /// `COPYDESK_S3_ENDPOINT`: another endpoint than Amazon's; the bucket is then part of the path.
    pub s3_endpoint: Option<String>,
    /// `COPYDESK_DISTRIBUTION`: the CloudFront distribution to invalidate, if there is one.
    pub distribution: Option<String>,
    /// `COPYDESK_CLOUDFRONT_ENDPOINT`: another endpoint than Amazon's.
    pub cloudfront_endpoint: Option<String>,
    /// `AWS_REGION`.
    pub region: String,
}

/// How often, how long.
#[derive(Clone, Debug)]
pub struct Pace {
    /// Who holds leases: stable over restarts where only one publisher can run.
    pub owner: String,
    /// How long others leave a release alone that this publisher builds.
    pub lease: Duration,
    /// How often lost signals are looked for.
    pub sweep: Duration,
    /// How often progress is noted while building.
    pub progress: Duration,
    /// How long releases are kept.
    pub keep: Duration,
    /// The longest pause between tries that fail.
    pub longest_pause: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            owner: format!("{:016x}", fastrand::u64(..)),
            lease: Duration::from_secs(15),
            sweep: Duration::from_mins(1),
            progress: Duration::from_millis(300),
            keep: Duration::from_hours(400 * 24),
            longest_pause: Duration::from_secs(10),
        }
    }
}

impl PublisherSettings {
    /// Reads the variables.
    pub fn read(settings: &mut Settings<'_>) -> Self {
        Self {
            bucket: settings.required("COPYDESK_BUCKET", "the bucket of delivered objects", String::new()),
            sources: settings.optional("COPYDESK_SOURCES"),
            s3_endpoint: settings.optional("COPYDESK_S3_ENDPOINT"),
            distribution: settings.optional("COPYDESK_DISTRIBUTION"),
            cloudfront_endpoint: settings.optional("COPYDESK_CLOUDFRONT_ENDPOINT"),
            region: settings.required("AWS_REGION", "the region of the bucket, such as eu-west-1", String::new()),
        }
    }

    /// Connects with the credentials that the AWS SDK finds in its usual places.
    pub async fn connect(&self) -> (Bucket, Option<Invalidation>) {
        // A connection that hangs must not hold a project's releases for minutes.
        let timeouts = TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT).operation_timeout(OPERATION);
        let loader = aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new(self.region.clone()))
            .timeout_config(timeouts.build());
        let shared = loader.load().await;
        let mut s3 = aws_sdk_s3::config::Builder::from(&shared).force_path_style(self.s3_endpoint.is_some());
        s3.set_endpoint_url(self.s3_endpoint.clone());
        let client = aws_sdk_s3::Client::from_conf(s3.build());
        let bucket = Bucket::new(client.clone(), &self.bucket);
        let bucket = match &self.sources {
            Some(name) => bucket.with_sources(Bucket::new(client, name)),
            None => bucket,
        };
        let invalidation = self.distribution.as_ref().map(|distribution| {
            let mut cloudfront = aws_sdk_cloudfront::config::Builder::from(&shared);
            cloudfront.set_endpoint_url(self.cloudfront_endpoint.clone());
            Invalidation::new(aws_sdk_cloudfront::Client::from_conf(cloudfront.build()), distribution)
        });
        (bucket, invalidation)
    }
}

/// Reads `COPYDESK_SWEEP_SECONDS` and `COPYDESK_KEEP_DAYS` over the defaults.
pub fn read_pace(settings: &mut Settings<'_>) -> Pace {
    let default = Pace::default();
    let seconds = settings.or("COPYDESK_SWEEP_SECONDS", default.sweep.as_secs());
    let days = settings.or("COPYDESK_KEEP_DAYS", 400).max(LEAST_DAYS);
    Pace { sweep: Duration::from_secs(seconds.max(1)), keep: Duration::from_hours(days.saturating_mul(24)), ..default }
}

/// Reads `COPYDESK_STUDIO_URL`: where people reach the studio, for the in-page editor.
pub fn read_studio(settings: &mut Settings<'_>) -> Option<String> {
    let address: Option<String> = settings.optional("COPYDESK_STUDIO_URL");
    address.map(|address| address.trim_end_matches('/').to_owned())
}
