//! A text that is being written, as visitors would see it: compiled and checked, not saved.

use axum::extract::State;
use copydesk_schema::change::DraftId;
use copydesk_schema::message::Message;
use copydesk_schema::message::check::Finding;
use copydesk_schema::message::variables::{Takes, Variables};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::one::DraftPath;
use crate::checks::{Checking, readable};
use crate::extract::{Json, Path};
use crate::problem::{Failures, Problem};
use crate::routes::lookup;
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(preview_draft))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Unsaved {
    /// The source of a Fluent pattern. At most 64 KiB.
    value: String,
}

/// A text as it would be delivered.
#[derive(Serialize, ToSchema)]
struct Preview {
    /// The compiled message, as page files have it (`schema/README.md`); null where it cannot be formed, as when it
    /// refers to something that is not there.
    #[schema(value_type = Option<serde_json::Value>)]
    message: Option<Message>,
    /// Its variables, those of what it refers to among them.
    variables: Vec<Variable>,
    /// What its editor should know of it.
    findings: Vec<Finding>,
}

#[derive(Serialize, ToSchema)]
struct Variable {
    /// Its name.
    name: String,
    /// What it may be.
    takes: Takes,
}

/// Compiles and checks a text without saving it. What would not be saved is answered as a save of it is.
#[utoipa::path(post, path = "/projects/{project}/drafts/{locale}/{page}/{key}/preview", params(("project" = copydesk_schema::ProjectId, Path), ("locale" = copydesk_schema::Locale, Path), ("page" = copydesk_schema::PageId, Path), ("key" = copydesk_schema::EntryKey, Path)), request_body = Unsaved, responses((status = 200, body = Preview), Failures))]
async fn preview_draft(
    State(app): State<App>,
    Path((project, locale, page, key)): Path<DraftPath>,
    Json(body): Json<Unsaved>,
) -> Result<Json<Preview>, Problem> {
    let id = DraftId { locale, page, key };
    lookup::draft_floor(&app.reader, &project, &id).await?;
    let known = app.structures.now(&app.reader, &project).await?.0;
    let mut checking = Checking::new(&app.reader, &project, &known);
    let value = readable(&body.value, checking.kind(&id.page, &id.key))?;
    checking.saved(id.clone(), value.clone());
    let findings = checking.findings(&id).await?.unwrap_or_default();
    let message = checking.compiled(&id, &value).await?;
    let variables = message.as_ref().map(Variables::of).unwrap_or_default();
    let variables = variables.each().map(|(name, takes)| Variable { name: name.to_owned(), takes }).collect();
    Ok(Json(Preview { message, variables, findings }))
}
