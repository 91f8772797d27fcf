//! What differs between two releases, entry by entry, as sites show them.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::State;
use copydesk_schema::delivered::ReleaseFile;
use copydesk_schema::message::{Message, kind_shown, to_ftl};
use copydesk_schema::release::ReleaseState;
use copydesk_schema::{EntryKey, Locale, PageId, ProjectId, ReleaseNumber};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use futures::try_join;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Problem};
use crate::routes::lookup;
use crate::state::App;

/// Files read at the same time.
const PARALLEL: usize = 8;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(diff_releases))
}

/// One entry that two releases show differently.
#[derive(Serialize, ToSchema)]
struct Difference {
    page: PageId,
    locale: Locale,
    key: EntryKey,
    /// In the first release, with all references filled in; null when it is not there.
    from: Option<String>,
    /// In the second.
    to: Option<String>,
}

/// What differs between two releases, by page, locale and key. The fallback is resolved: this is
/// what sites show.
#[utoipa::path(get, path = "/projects/{project}/releases/{release}/diff/{other}", params(("project" = ProjectId, Path), ("release" = ReleaseNumber, Path), ("other" = ReleaseNumber, Path), Paging), responses((status = 200, body = Page<Difference>), Failures))]
async fn diff_releases(
    State(app): State<App>,
    Path((project, release, other)): Path<(ProjectId, ReleaseNumber, ReleaseNumber)>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Difference>>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let (from, to) = try_join!(files(&app, &project, release), files(&app, &project, other))?;
    let names: BTreeSet<(PageId, Locale)> =
        from.each().chain(to.each()).map(|(page, locale, _)| (page.clone(), locale.clone())).collect();
    let number = |file: &ReleaseFile, name: &(PageId, Locale)| file.file(&name.1, &name.0).map(|file| file.number);
    let changed: Vec<_> = names.into_iter().filter(|name| number(&from, name) != number(&to, name)).collect();
    let compared: Vec<Vec<Difference>> = stream::iter(changed)
        .map(|name| {
            let (before, after) = (number(&from, &name), number(&to, &name));
            compare(&app, &project, name, before, after)
        })
        .buffered(PARALLEL)
        .try_collect()
        .await?;
    let all = compared.into_iter().flatten();
    Ok(Json(Page::of(all, &paging, |item| format!("{} {} {}", item.page, item.locale, item.key))?))
}

async fn files(app: &App, project: &ProjectId, number: ReleaseNumber) -> Result<ReleaseFile, Problem> {
    let release = app.reader.release(project, number).await?;
    let whole = release.filter(|release| matches!(release.state, ReleaseState::Live | ReleaseState::Superseded));
    whole.ok_or_else(|| Problem::not_found(format!("release {number} that is or was live")))?;
    Ok(app.delivered.release(project, number).await?)
}

async fn compare(
    app: &App,
    project: &ProjectId,
    (page, locale): (PageId, Locale),
    from: Option<ReleaseNumber>,
    to: Option<ReleaseNumber>,
) -> Result<Vec<Difference>, Problem> {
    let (before, after) =
        try_join!(copies(app, project, &locale, &page, from), copies(app, project, &locale, &page, to))?;
    let keys: BTreeSet<&EntryKey> = before.keys().chain(after.keys()).collect();
    let value =
        |copies: &Copies, key: &EntryKey| copies.get(key).map(|(_, message)| to_ftl(message, kind_shown(message)));
    let differences = keys.into_iter().filter(|key| before.get(key) != after.get(key)).map(|key| Difference {
        page: page.clone(),
        locale: locale.clone(),
        key: key.clone(),
        from: value(&before, key),
        to: value(&after, key),
    });
    Ok(differences.collect())
}

/// Messages with the locale that they are in.
type Copies = BTreeMap<EntryKey, (Locale, Message)>;

async fn copies(
    app: &App,
    project: &ProjectId,
    locale: &Locale,
    page: &PageId,
    number: Option<ReleaseNumber>,
) -> Result<Copies, Problem> {
    let Some(number) = number else { return Ok(Copies::new()) };
    let file = app.delivered.page(project, locale, page, number).await?;
    let each = file.each(locale).map(|(from, key, message)| (key.clone(), (from.clone(), message.clone())));
    Ok(each.collect())
}
