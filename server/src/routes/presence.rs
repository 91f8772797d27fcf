//! Who else is writing.

use axum::Extension;
use axum::extract::State;
use copydesk_schema::table::PresenceItem;
use copydesk_schema::{Locale, PageId, ProjectId, Subject, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lookup;
use crate::access::callers::Caller;
use crate::extract::{Json, Path};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

/// Who was not heard of for so long is not there any more, in milliseconds.
const LASTS: u64 = 60_000;
/// Windows that are told of, at most.
const MOST: usize = 100;
/// Windows that are looked at.
const LOOKED: usize = 1_000;
/// The longest name of a window.
const WINDOW: usize = 32;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(put_presence))
}

/// Where somebody is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Here {
    /// A name that the client gives its window: letters and digits, at most 32.
    #[schema(pattern = "^[A-Za-z0-9]{1,32}$", max_length = 32)]
    window: String,
    /// The locale that is written in.
    locale: Locale,
    /// The page that is open; absent when the window is left.
    page: Option<PageId>,
}

/// The others.
#[derive(Serialize, ToSchema)]
struct Others {
    /// Where other people were within the last minute, at most 100, and windows of the same person not among them.
    others: Vec<Other>,
}

#[derive(Serialize, ToSchema)]
struct Other {
    /// Who.
    subject: Subject,
    /// The name that people see.
    name: String,
    /// The locale that they write in.
    locale: Locale,
    /// The page that they have open.
    page: PageId,
    /// When they were last heard of.
    at: Timestamp,
}

/// Says where the caller is, for a minute, and hears where others are.
#[utoipa::path(put, path = "/projects/{project}/presence", params(("project" = ProjectId, Path)), request_body = Here, responses((status = 200, body = Others), Failures))]
async fn put_presence(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(project): Path<ProjectId>,
    Json(Here { window, locale, page }): Json<Here>,
) -> Result<Json<Others>, Problem> {
    let is_name = (1..=WINDOW).contains(&window.len()) && window.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_name {
        return Err(Problem::new(Kind::InvalidBody, "window is 1 to 32 letters and digits"));
    }
    lookup::project(&app.reader, &project).await?;
    let (now, subject) = (app.clock.now(), caller.subject);
    match page {
        Some(page) => {
            lookup::page(&app.reader, &project, &page).await?;
            let ttl = now.plus_millis(LASTS).0 / 1000 + 1;
            let (subject, name) = (subject.clone(), caller.name);
            let item = PresenceItem { subject, window, name, locale, page, at: now, ttl };
            app.presence.put(&project, &item).await?;
        }
        None => app.presence.remove(&project, &subject, &window).await?,
    }
    // Some of them have gone long ago: the table forgets when it likes to.
    let all = app.presence.all(&project, LOOKED).await?;
    let others = all.into_iter().filter(|one| one.subject != subject && one.at.plus_millis(LASTS) > now);
    let others = others.take(MOST).map(|PresenceItem { subject, name, locale, page, at, .. }| Other {
        subject,
        name,
        locale,
        page,
        at,
    });
    Ok(Json(Others { others: others.collect() }))
}
