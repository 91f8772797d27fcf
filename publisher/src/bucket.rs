//! The bucket of delivered objects. Immutable objects are written once; mutable ones are replaced
//! only as expected.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::operation::put_object::builders::PutObjectFluentBuilder;
use copydesk_schema::delivered::{LiveManifest, PageFile};
use copydesk_schema::objects::{CachePolicy, ObjectKey};
use copydesk_schema::sources::{SourceKey, SourceRelease};
use copydesk_schema::{ProjectId, ReleaseNumber};
use serde::de::DeserializeOwned;

use crate::PublishError;

/// The media type of what is private.
const JSON: &str = "application/json; charset=utf-8";

/// The bucket, and beside it the private one of what releases were made of, where that is kept.
#[derive(Clone, Debug)]
pub struct Bucket {
    client: Client,
    name: String,
    sources: Option<Box<Self>>,
}

/// Why an object could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BucketError {
    /// No answer, or one that says to try again.
    #[error("the bucket did not answer: {0}")]
    Unavailable(String),
    /// An immutable object exists with other bytes.
    #[error("{0} exists with other contents")]
    Collision(String),
}

/// The live manifest with the tag that its replacement has to name.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    pub(crate) manifest: LiveManifest,
    pub(crate) etag: String,
}

impl Live {
    pub(crate) fn release(live: Option<&Self>) -> ReleaseNumber {
        live.map_or(ReleaseNumber::NONE, |live| live.manifest.release)
    }
}

impl Bucket {
    /// A bucket by its name.
    pub fn new(client: Client, name: &str) -> Self {
        Self { client, name: name.to_owned(), sources: None }
    }

    /// Keeps what releases are made of in another bucket, where sites do not fetch.
    #[must_use]
    pub fn with_sources(self, sources: Self) -> Self {
        Self { sources: Some(Box::new(sources)), ..self }
    }

    /// Whether what releases are made of is kept.
    pub(crate) fn keeps_sources(&self) -> bool {
        self.sources.is_some()
    }

    /// Keeps something that releases are made of, where that is done.
    pub(crate) async fn put_source(&self, key: &SourceKey, body: Vec<u8>) -> Result<(), BucketError> {
        let Some(bucket) = &self.sources else { return Ok(()) };
        let key = key.to_string();
        let put = bucket.client.put_object().bucket(&bucket.name).key(&key).content_type(JSON);
        bucket.once(&key, put.body(body.clone().into()), &body).await
    }

    /// What a release was made of, if that was kept.
    pub(crate) async fn source(
        &self,
        project: &ProjectId,
        release: ReleaseNumber,
    ) -> Result<Option<SourceRelease>, PublishError> {
        let Some(bucket) = &self.sources else { return Ok(None) };
        let key = SourceKey::Release(project.clone(), release).to_string();
        let Some((body, _)) = bucket.object(&key).await? else { return Ok(None) };
        serde_json::from_slice(&body).map(Some).map_err(|error| PublishError::Damaged(key, error))
    }

    /// Removes what no kept release was made of.
    pub(crate) async fn delete_source(&self, key: &SourceKey) -> Result<(), BucketError> {
        let Some(bucket) = &self.sources else { return Ok(()) };
        bucket.remove(&key.to_string()).await
    }

    /// Writes an object that never changes. Repeating it with the same bytes is fine.
    pub(crate) async fn put_immutable(&self, key: &ObjectKey, body: Vec<u8>) -> Result<(), BucketError> {
        debug_assert_eq!(key.cache(), CachePolicy::Immutable);
        self.once(&key.to_string(), self.put(key, body.clone()), &body).await
    }

    async fn once(&self, key: &str, put: PutObjectFluentBuilder, body: &[u8]) -> Result<(), BucketError> {
        match put.if_none_match("*").send().await {
            Ok(_) => Ok(()),
            Err(error) if lost_race(&error) => match self.object(key).await? {
                Some((there, _)) if there == body => Ok(()),
                Some(_) => Err(BucketError::Collision(key.to_owned())),
                None => Err(BucketError::Unavailable(format!("{key} came and went"))),
            },
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// Replaces the object that has the tag `seen`, or writes the first. `false` when it has changed since.
    pub(crate) async fn put_expected(
        &self,
        key: &ObjectKey,
        body: Vec<u8>,
        seen: Option<&str>,
    ) -> Result<bool, BucketError> {
        debug_assert_eq!(key.cache(), CachePolicy::Live);
        let put = self.put(key, body);
        let put = match seen {
            Some(etag) => put.if_match(etag),
            None => put.if_none_match("*"),
        };
        match put.send().await {
            Ok(_) => Ok(true),
            Err(error) if lost_race(&error) => Ok(false),
            Err(error) => Err(unavailable(&error)),
        }
    }

    /// Writes a plain alias.
    pub(crate) async fn put_alias(&self, key: &ObjectKey, body: Vec<u8>) -> Result<(), BucketError> {
        debug_assert_eq!(key.cache(), CachePolicy::Alias);
        self.put(key, body).send().await.map(|_| ()).map_err(|error| unavailable(&error))
    }

    /// Writes an object that is only there to be asked for.
    pub(crate) async fn put_counted(&self, key: &ObjectKey) -> Result<(), BucketError> {
        debug_assert_eq!(key.cache(), CachePolicy::Counted);
        self.put(key, b"{}".to_vec()).send().await.map(|_| ()).map_err(|error| unavailable(&error))
    }

    /// Removes an object, if it is there.
    pub(crate) async fn delete(&self, key: &ObjectKey) -> Result<(), BucketError> {
        self.remove(&key.to_string()).await
    }

    async fn remove(&self, key: &str) -> Result<(), BucketError> {
        let request = self.client.delete_object().bucket(&self.name).key(key);
        request.send().await.map(|_| ()).map_err(|error| unavailable(&error))
    }

    /// The live manifest, if anything is live.
    pub(crate) async fn live(&self, project: &ProjectId) -> Result<Option<Live>, PublishError> {
        let key = ObjectKey::Live(project.clone());
        let Some((body, etag)) = self.get(&key).await? else { return Ok(None) };
        let manifest = serde_json::from_slice(&body).map_err(|error| PublishError::Damaged(key.to_string(), error))?;
        Ok(Some(Live { manifest, etag }))
    }

    /// A delivered object that must be there.
    pub(crate) async fn read<T: DeserializeOwned>(&self, key: &ObjectKey) -> Result<T, PublishError> {
        let (body, _) = self.get(key).await?.ok_or_else(|| PublishError::Missing(key.to_string()))?;
        serde_json::from_slice(&body).map_err(|error| PublishError::Damaged(key.to_string(), error))
    }

    /// A page file that must be there.
    pub(crate) async fn page(&self, key: &ObjectKey) -> Result<PageFile, PublishError> {
        let (body, _) = self.get(key).await?.ok_or_else(|| PublishError::Missing(key.to_string()))?;
        let (file, refused) = PageFile::read(&body).map_err(|error| PublishError::Tampered(key.to_string(), error))?;
        if !refused.is_empty() {
            tracing::warn!(%key, entries = refused.len(), "entries of a page file are not as they were written");
        }
        Ok(file)
    }

    pub(crate) async fn get(&self, key: &ObjectKey) -> Result<Option<(Vec<u8>, String)>, BucketError> {
        self.object(&key.to_string()).await
    }

    async fn object(&self, key: &str) -> Result<Option<(Vec<u8>, String)>, BucketError> {
        match self.client.get_object().bucket(&self.name).key(key).send().await {
            Ok(object) => {
                let etag = object.e_tag.unwrap_or_default();
                let body = object.body.collect().await;
                let body = body.map_err(|error| BucketError::Unavailable(error.to_string()))?;
                Ok(Some((body.to_vec(), etag)))
            }
            Err(error) if error.as_service_error().is_some_and(GetObjectError::is_no_such_key) => Ok(None),
            Err(error) => Err(unavailable(&error)),
        }
    }

    fn put(&self, key: &ObjectKey, body: Vec<u8>) -> PutObjectFluentBuilder {
        let put = self.client.put_object().bucket(&self.name).key(key.to_string());
        put.content_type(key.content_type()).cache_control(key.cache().header()).body(body.into())
    }
}

/// Whether a conditional write found another object: 412, or 409 when both wrote at once.
fn lost_race<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    error.raw_response().is_some_and(|response| matches!(response.status().as_u16(), 409 | 412))
}

fn unavailable<E: std::error::Error + ProvideErrorMetadata + 'static>(error: &SdkError<E>) -> BucketError {
    BucketError::Unavailable(DisplayErrorContext(error).to_string())
}
