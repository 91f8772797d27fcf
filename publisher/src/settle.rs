//! What follows a switch: the plain aliases follow file by file, and the edges are told.
//!
//! Aliases are written from the difference of manifests. A crash in between leaves some of them
//! written for a release that may not be live any more, so every release that was live since the
//! last complete settling takes part in the difference.

use std::collections::BTreeSet;
use std::sync::Arc;

use copydesk_schema::delivered::{ReleaseFile, to_json};
use copydesk_schema::objects::ObjectKey;
use copydesk_schema::table::ReleaseHead;
use copydesk_schema::{Locale, PageId, ProjectId, ReleaseNumber};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};

use crate::bucket::Live;
use crate::{Bucket, PublishError};

/// Aliases written at the same time.
const WRITES: usize = 16;

/// Writes the aliases of `target`. `before` are the releases that may show in aliases now.
/// Returns the aliases that were written or removed.
pub(crate) async fn write_aliases(
    bucket: &Bucket,
    project: &ProjectId,
    target: &ReleaseFile,
    before: &[Arc<ReleaseFile>],
) -> Result<Vec<ObjectKey>, PublishError> {
    let changed = difference(target, before);
    stream::iter(changed)
        .map(|(locale, page)| write_alias(bucket, project, target, locale, page))
        .buffered(WRITES)
        .try_collect()
        .await
}

/// Whether `head` is still what sites show.
pub(crate) async fn is_current(bucket: &Bucket, project: &ProjectId, head: &ReleaseHead) -> Result<bool, PublishError> {
    let live = bucket.live(project).await?;
    Ok(Live::release(live.as_ref()) == head.live)
}

/// The files whose alias may not show `target` yet.
fn difference(target: &ReleaseFile, before: &[Arc<ReleaseFile>]) -> BTreeSet<(Locale, PageId)> {
    let number = |release: &ReleaseFile, locale: &Locale, page: &PageId| {
        release.file(locale, page).map_or(ReleaseNumber::NONE, |file| file.number)
    };
    let mut changed = BTreeSet::new();
    for (page, locale, file) in target.each() {
        let differs =
            |release: &Arc<ReleaseFile>| number(release, locale, page) != file.number || release.alias != target.alias;
        if before.is_empty() || before.iter().any(differs) {
            changed.insert((locale.clone(), page.clone()));
        }
    }
    for (page, locale, _) in before.iter().flat_map(|release| release.each()) {
        if target.file(locale, page).is_none() {
            changed.insert((locale.clone(), page.clone()));
        }
    }
    changed
}

async fn write_alias(
    bucket: &Bucket,
    project: &ProjectId,
    target: &ReleaseFile,
    locale: Locale,
    page: PageId,
) -> Result<ObjectKey, PublishError> {
    let alias = ObjectKey::Alias(project.clone(), locale.clone(), page.clone());
    match target.file(&locale, &page) {
        Some(entry) => {
            let file = bucket.page(&ObjectKey::Page(project.clone(), locale.clone(), page, entry.number)).await?;
            bucket.put_alias(&alias, to_json(&file.alias(&locale, target.alias, &entry.html))).await?;
        }
        None => bucket.delete(&alias).await?,
    }
    Ok(alias)
}
