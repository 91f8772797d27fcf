//! Removes the files of releases that are too old to keep and not live. A file goes when no kept release
//! names it.

use std::collections::HashSet;

use copydesk_schema::delivered::ReleaseFile;
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::release::{Release, ReleaseState};
use copydesk_schema::sources::{SourceKey, SourceRelease};
use copydesk_schema::{ProjectId, Timestamp};
use copydesk_store::Publishing;
use copydesk_store::publishing::Step;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};

use crate::bucket::Live;
use crate::reconcile::Worker;
use crate::{Bucket, PublishError};

/// Files removed at the same time.
const DELETES: usize = 16;

/// Removes what only releases that ended before `horizon` need, for as long as nobody else may build. Returns how many
/// releases went.
pub(crate) async fn prune(worker: &mut Worker, horizon: Timestamp) -> Result<usize, PublishError> {
    let (publishing, bucket, project) = (worker.publishing.clone(), worker.bucket.clone(), worker.project.clone());
    let releases = publishing.reader().releases(&project, None, usize::MAX).await?;
    let (expired, others): (Vec<Release>, Vec<Release>) =
        releases.into_iter().partition(|release| is_expired(release, horizon));
    if expired.is_empty() {
        return Ok(0);
    }
    let (mut needed, mut sources) = (HashSet::new(), HashSet::new());
    for kept in others.iter().filter(|release| is_whole(release)) {
        if !worker.keeps_lease().await? {
            return Ok(0);
        }
        needed.extend(objects(&bucket, &project, kept).await?.unwrap_or_default());
        sources.extend(made_of(&bucket, &project, kept).await?);
    }
    for (gone, release) in expired.iter().enumerate() {
        // The record goes first: whoever wants to activate the release must not find half of it.
        if !mark(&publishing, &bucket, &project, release).await? {
            return Ok(gone);
        }
        if let Some(named) = objects(&bucket, &project, release).await? {
            remove(&bucket, named.difference(&needed).cloned().collect()).await?;
        }
        bucket.delete(&ObjectKey::Release(project.clone(), release.release)).await?;
        for key in made_of(&bucket, &project, release).await?.difference(&sources) {
            // Another release may be made of the same just now.
            if !worker.keeps_lease().await? {
                return Ok(gone);
            }
            bucket.delete_source(key).await?;
        }
        bucket.delete_source(&SourceKey::Release(project.clone(), release.release)).await?;
        publishing.put_release(&project, &pruned(release, 0)).await?;
    }
    Ok(expired.len())
}

/// Marks a release as pruned, unless it is live again or somebody moves on at this moment: the head's
/// version decides between this and an activation.
async fn mark(
    publishing: &Publishing,
    bucket: &Bucket,
    project: &ProjectId,
    release: &Release,
) -> Result<bool, PublishError> {
    let head = publishing.reader().release_head(project).await?;
    let live = bucket.live(project).await?;
    let current = publishing.reader().release(project, release.release).await?;
    let is_live = head.live == release.release || Live::release(live.as_ref()) == release.release;
    if is_live || current.as_ref() != Some(release) {
        return Ok(false);
    }
    let releases = vec![pruned(release, release.files_total.max(1))];
    let step = Step { head: head.clone(), releases, ..Step::default() };
    Ok(publishing.advance(project, &head, step).await?)
}

fn is_expired(release: &Release, horizon: Timestamp) -> bool {
    match release.state {
        ReleaseState::Superseded => release.superseded_at.is_some_and(|at| at < horizon),
        // Begun before, and perhaps not finished.
        ReleaseState::Pruned => release.files_total > 0,
        _ => false,
    }
}

fn is_whole(release: &Release) -> bool {
    matches!(release.state, ReleaseState::Live | ReleaseState::Superseded)
}

/// The record of a pruned release; `files` are those that may still be there.
fn pruned(release: &Release, files: u64) -> Release {
    Release { state: ReleaseState::Pruned, files_total: files, ..release.clone() }
}

async fn remove(bucket: &Bucket, keys: Vec<ObjectKey>) -> Result<(), PublishError> {
    let delete = |key| async move { bucket.delete(&key).await };
    Ok(stream::iter(keys).map(delete).buffer_unordered(DELETES).try_collect().await?)
}

/// What a release was made of, where that is kept.
async fn made_of(bucket: &Bucket, project: &ProjectId, release: &Release) -> Result<HashSet<SourceKey>, PublishError> {
    let found = bucket.source(project, release.release).await?;
    Ok(found.iter().flat_map(SourceRelease::objects).collect())
}

/// What a release consists of; `None` when the release file is gone.
async fn objects(
    bucket: &Bucket,
    project: &ProjectId,
    release: &Release,
) -> Result<Option<HashSet<ObjectKey>>, PublishError> {
    let key = ObjectKey::Release(project.clone(), release.release);
    match bucket.read::<ReleaseFile>(&key).await {
        Ok(file) => Ok(Some(file.objects().collect())),
        Err(PublishError::Missing(_)) => Ok(None),
        Err(error) => Err(error),
    }
}
