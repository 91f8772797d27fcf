//! What a project used, and what it may use.

use axum::extract::State;
use copydesk_schema::ProjectId;
use copydesk_schema::usage::{Month, Used};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lookup;
use crate::extract::{Json, Path};
use crate::problem::{Failures, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_usage))
}

/// What a project has and used, and how much it may.
#[derive(Serialize, ToSchema)]
struct Usage {
    /// Pages that it has.
    pages: Measure,
    /// Entries that it has.
    entries: Measure,
    /// This month.
    month: InMonth,
    /// The month before.
    before: InMonth,
}

/// What was used in a month of the calendar, UTC.
#[derive(Serialize, ToSchema)]
struct InMonth {
    /// The month.
    #[schema(example = "2026-11")]
    month: String,
    /// Texts, entries, pages and locales that were saved.
    saves: Measure,
    /// The length of the texts that were saved, in bytes.
    bytes: Measure,
    /// Releases that were asked for.
    releases: Measure,
}

/// A figure with its quota.
#[derive(Serialize, ToSchema)]
struct Measure {
    /// How much there is.
    used: u64,
    /// How much there may be; absent when there is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    quota: Option<u64>,
}

/// What the project has and used, this month and the one before, with its quotas.
#[utoipa::path(get, path = "/projects/{project}/usage", params(("project" = ProjectId, Path)), responses((status = 200, body = Usage), Failures))]
async fn get_usage(State(app): State<App>, Path(project): Path<ProjectId>) -> Result<Json<Usage>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let (structure, tip) = app.reader.structure(&project).await?;
    let (quota, month) = (app.writer.quota(&project), Month::of(app.clock.now()));
    let measure = |used: u64, quota| Measure { used, quota };
    let in_month = |Used { month, saves, bytes, releases }| InMonth {
        month: month.to_string(),
        saves: measure(saves, quota.saves),
        bytes: measure(bytes, quota.bytes),
        releases: measure(releases, quota.releases),
    };
    let entries: usize = structure.existing_pages().map(|(_, page)| page.existing_entries().count()).sum();
    Ok(Json(Usage {
        pages: measure(structure.existing_pages().count() as u64, quota.pages),
        entries: measure(entries as u64, quota.entries),
        month: in_month(tip.usage.in_month(month)),
        before: in_month(tip.usage.in_month(month.before())),
    }))
}
