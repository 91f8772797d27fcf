//! The S3 interface of an [`ObjectFolder`]: the operations that the publisher uses.

use std::sync::Arc;

use aws_smithy_runtime_api::client::http::SharedHttpClient;
use bytes::Bytes;
use futures::TryStreamExt as _;
use s3s::dto::{
    DeleteObjectInput, DeleteObjectOutput, ETag, ETagCondition, GetObjectInput, GetObjectOutput, PutObjectInput,
    PutObjectOutput, StreamingBlob,
};
use s3s::service::S3ServiceBuilder;
use s3s::{Body, S3, S3Error, S3Request, S3Response, S3Result, s3_error};

use super::{Conditions, ObjectError, ObjectFolder};

/// An HTTP client of the SDK that goes to `folder`.
pub fn client(folder: Arc<ObjectFolder>) -> SharedHttpClient {
    SharedHttpClient::new(s3s_aws::Client::from(S3ServiceBuilder::new(Bucket(folder)).build()))
}

struct Bucket(Arc<ObjectFolder>);

impl Bucket {
    /// Files block: never on the runtime's own threads.
    async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&ObjectFolder) -> Result<T, ObjectError> + Send + 'static,
    ) -> S3Result<T> {
        let folder = Arc::clone(&self.0);
        let done = tokio::task::spawn_blocking(move || job(&folder)).await.map_err(S3Error::internal_error)?;
        done.map_err(|error| match error {
            ObjectError::Precondition => s3_error!(PreconditionFailed),
            ObjectError::Io(..) => S3Error::internal_error(error),
        })
    }
}

#[async_trait::async_trait]
impl S3 for Bucket {
    async fn get_object(&self, request: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let key = request.input.key;
        let stored = self.run(move |folder| folder.get(&key)).await?.ok_or_else(|| s3_error!(NoSuchKey))?;
        Ok(S3Response::new(GetObjectOutput {
            content_length: i64::try_from(stored.body.len()).ok(),
            content_type: Some(stored.about.content_type.clone()),
            cache_control: Some(stored.about.cache_control.clone()),
            e_tag: Some(ETag::Strong(stored.about.etag.clone())),
            body: Some(StreamingBlob::from(Body::from(stored.body.clone()))),
            ..GetObjectOutput::default()
        }))
    }

    async fn put_object(&self, request: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let input = request.input;
        let conditions = Conditions {
            absent: matches!(input.if_none_match, Some(ETagCondition::Any)),
            etag: match input.if_match {
                Some(ETagCondition::ETag(etag)) => Some(etag.into_value()),
                _ => None,
            },
        };
        let body = match input.body {
            Some(body) => body.try_collect::<Vec<Bytes>>().await.map_err(|_| s3_error!(IncompleteBody))?.concat(),
            None => Vec::new(),
        };
        let (key, kind) = (input.key, input.content_type.unwrap_or_default());
        let cache = input.cache_control.unwrap_or_default();
        let etag = self.run(move |folder| folder.put(&key, &kind, &cache, &body, &conditions)).await?;
        Ok(S3Response::new(PutObjectOutput { e_tag: Some(ETag::Strong(etag)), ..PutObjectOutput::default() }))
    }

    async fn delete_object(&self, request: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
        let key = request.input.key;
        self.run(move |folder| folder.delete(&key)).await?;
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }
}
