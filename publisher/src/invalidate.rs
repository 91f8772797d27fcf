//! CloudFront invalidations: mutable paths only. A repetition under the same caller reference is
//! the same invalidation.

use aws_sdk_cloudfront::Client;
use aws_sdk_cloudfront::error::DisplayErrorContext;
use aws_sdk_cloudfront::types::{InvalidationBatch, Paths};
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::{ProjectId, Switch};

/// Above so many aliases they are left to expire by themselves within their minute: paths cost
/// money, and a wildcard would evict the immutable files too.
const MOST_ALIASES: usize = 100;

/// The distribution in front of the bucket.
#[derive(Clone, Debug)]
pub struct Invalidation {
    client: Client,
    distribution: String,
}

impl Invalidation {
    /// A distribution by its id.
    pub fn new(client: Client, distribution: &str) -> Self {
        Self { client, distribution: distribution.to_owned() }
    }

    /// Makes the edges fetch `live.json`, `site.js` and the changed aliases again.
    pub(crate) async fn invalidate(
        &self,
        project: &ProjectId,
        switch: Switch,
        aliases: &[ObjectKey],
    ) -> Result<(), String> {
        let aliases = if aliases.len() > MOST_ALIASES { &[] } else { aliases };
        let live = [ObjectKey::Live(project.clone()), ObjectKey::Site(project.clone())];
        let items: Vec<String> = live.iter().chain(aliases).map(|key| format!("/{key}")).collect();
        let paths = Paths::builder().quantity(i32::try_from(items.len()).unwrap_or(i32::MAX)).set_items(Some(items));
        let batch = InvalidationBatch::builder()
            .paths(paths.build().map_err(|error| error.to_string())?)
            .caller_reference(format!("{project}-{switch}"))
            .build()
            .map_err(|error| error.to_string())?;
        let request = self.client.create_invalidation().distribution_id(&self.distribution).invalidation_batch(batch);
        request.send().await.map(|_| ()).map_err(|error| DisplayErrorContext(&error).to_string())
    }
}
