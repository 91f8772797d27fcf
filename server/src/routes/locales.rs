//! Locales of a project and their fallback chains.

use axum::extract::State;
use axum::{Extension, response};
use copydesk_schema::change::LocaleInfo;
use copydesk_schema::table::{KeyRange, Thing};
use copydesk_schema::{Actor, Change, Locale, ProjectId, Seq};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lookup;
use super::projects::op;
use crate::extract::{Json, Path, Query};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_locales)).routes(routes!(put_locale, delete_locale))
}

/// A locale of a project.
#[derive(Serialize, ToSchema)]
struct LocaleBody {
    /// Its tag in canonical case.
    locale: Locale,
    /// The name that people see.
    name: String,
    /// Where missing copy is taken from, in order; the source locale follows by itself.
    fallback: Vec<Locale>,
    /// Whether it is the source locale.
    source: bool,
    /// The event that changed it last.
    seq: Seq,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLocale {
    /// The name that people see; the tag when absent.
    name: Option<String>,
    /// Where missing copy is taken from, in order; the source locale follows by itself.
    #[serde(default)]
    fallback: Vec<Locale>,
}

/// The locales of a project.
#[utoipa::path(get, path = "/projects/{project}/locales", params(("project" = ProjectId, Path), Paging), responses((status = 200, body = Page<LocaleBody>), Failures))]
async fn list_locales(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<LocaleBody>>, Problem> {
    let source = lookup::project(&app.reader, &project).await?.info.source;
    let heads = app.reader.heads(&KeyRange::locales(&project)).await?;
    let locales = heads.into_iter().filter(|head| !head.deleted).filter_map(|head| match head.thing {
        Thing::Locale { locale, info } => Some(body(locale, info, source.as_ref(), head.seq)),
        _ => None,
    });
    Ok(Json(Page::of(locales, &paging, |item| item.locale.to_string())?))
}

/// Adds a locale or changes it.
#[utoipa::path(put, path = "/projects/{project}/locales/{locale}", params(("project" = ProjectId, Path), ("locale" = Locale, Path)), request_body = NewLocale, responses((status = 200, body = LocaleBody), Failures))]
async fn put_locale(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, locale)): Path<(ProjectId, Locale)>,
    Json(new): Json<NewLocale>,
) -> Result<Json<LocaleBody>, Problem> {
    let name = new.name.unwrap_or_else(|| locale.to_string());
    let info = LocaleInfo { name, fallback: new.fallback };
    let change = Change::LocalePut { locale: locale.clone(), info: info.clone() };
    let committed = app.writer.commit(&project, op(change, by)).await?;
    let source = lookup::project(&app.reader, &project).await?.info.source;
    Ok(Json(body(locale, info, source.as_ref(), committed.seq)))
}

/// Removes a locale and its drafts. Their history stays.
#[utoipa::path(delete, path = "/projects/{project}/locales/{locale}", params(("project" = ProjectId, Path), ("locale" = Locale, Path)), responses((status = 204), Failures))]
async fn delete_locale(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, locale)): Path<(ProjectId, Locale)>,
) -> Result<response::NoContent, Problem> {
    app.writer.commit(&project, op(Change::LocaleDeleted { locale }, by)).await?;
    Ok(response::NoContent)
}

fn body(locale: Locale, info: LocaleInfo, source: Option<&Locale>, seq: Seq) -> LocaleBody {
    let is_source = source == Some(&locale);
    LocaleBody { locale, name: info.name, fallback: info.fallback, source: is_source, seq }
}
