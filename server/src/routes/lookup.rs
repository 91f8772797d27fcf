//! Finding what a path names, or saying that it is not there.

use copydesk_schema::change::{DraftId, EntryInfo, LocaleInfo, PageInfo};
use copydesk_schema::structure::{Head, ProjectInfo};
use copydesk_schema::table::{HeadItem, Key, Thing};
use copydesk_schema::{EntryKey, Locale, PageId, ProjectId, Seq};
use copydesk_store::Reader;
use futures::try_join;

use crate::problem::Problem;

pub(super) async fn project(reader: &Reader, project: &ProjectId) -> Result<Head<ProjectInfo>, Problem> {
    match existing(reader.head(&Key::Project(project)).await?) {
        Some((head, Thing::Project(info))) => Ok(with(&head, info)),
        _ => Err(Problem::not_found(format!("project {project}"))),
    }
}

pub(super) async fn locale(reader: &Reader, project: &ProjectId, tag: &Locale) -> Result<Head<LocaleInfo>, Problem> {
    match existing(reader.head(&Key::Locale(project, tag)).await?) {
        Some((head, Thing::Locale { info, .. })) => Ok(with(&head, info)),
        _ => Err(Problem::not_found(format!("locale {tag} in project {project}"))),
    }
}

pub(super) async fn page(reader: &Reader, project: &ProjectId, page: &PageId) -> Result<Head<PageInfo>, Problem> {
    match existing(reader.head(&Key::Page(project, page)).await?) {
        Some((head, Thing::Page { info, .. })) => Ok(with(&head, info)),
        _ => Err(Problem::not_found(format!("page {page} in project {project}"))),
    }
}

/// An entry of a page that exists.
pub(super) async fn entry(
    reader: &Reader,
    project: &ProjectId,
    page: &PageId,
    home: &Head<PageInfo>,
    key: &EntryKey,
) -> Result<Head<EntryInfo>, Problem> {
    match existing(reader.head(&Key::Entry(project, page, key)).await?) {
        Some((head, Thing::Entry { info, .. })) if head.born > home.born => Ok(with(&head, info)),
        _ => Err(Problem::not_found(format!("entry {key} on page {page}"))),
    }
}

/// The event after which a draft has to be saved to exist.
pub(super) async fn draft_floor(reader: &Reader, project: &ProjectId, id: &DraftId) -> Result<Seq, Problem> {
    let (_, locale, home) = try_join!(
        self::project(reader, project),
        self::locale(reader, project, &id.locale),
        page(reader, project, &id.page)
    )?;
    let entry = entry(reader, project, &id.page, &home, &id.key).await?;
    Ok(locale.born.max(entry.born))
}

fn existing(item: Option<HeadItem>) -> Option<(Head<()>, Thing)> {
    let item = item.filter(|item| !item.deleted)?;
    let head = Head { seq: item.seq, prev: item.prev, born: item.born, deleted: false, info: () };
    Some((head, item.thing))
}

fn with<T>(head: &Head<()>, info: T) -> Head<T> {
    Head { seq: head.seq, prev: head.prev, born: head.born, deleted: head.deleted, info }
}
