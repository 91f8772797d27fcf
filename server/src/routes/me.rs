//! Who the caller is.

use axum::Extension;
use axum::extract::State;
use axum::response::NoContent;
use copydesk_schema::{Actor, Change, Credential, Email, ProjectId, Subject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::commit_access;
use super::projects::op;
use crate::access::callers::{self, Caller};
use crate::access::{SignIn, invitations};
use crate::extract::{Json, Path};
use crate::problem::{Failures, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(get_me)).routes(routes!(accept_invitations)).routes(routes!(leave_project))
}

/// The caller.
#[derive(Serialize, ToSchema)]
struct Me {
    /// How the log and the lists of members name them.
    subject: Subject,
    /// The name that people see.
    name: String,
    /// Their address, when it is verified.
    email: Option<Email>,
    /// By what they were recognised.
    credential: Credential,
    /// Whether they may create projects.
    may_create: bool,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Proof {
    /// An ID token of the same person, where the access token does not carry a verified address.
    id_token: Option<String>,
}

/// What was joined.
#[derive(Serialize, ToSchema)]
struct Joined {
    /// The projects.
    projects: Vec<ProjectId>,
}

/// Who the caller is, and whether they may create projects.
#[utoipa::path(get, path = "/me", responses((status = 200, body = Me), Failures))]
async fn get_me(State(app): State<App>, Extension(caller): Extension<Caller>) -> Json<Me> {
    let may_create = caller.token.is_none() && app.access.creators.include(&caller);
    let Caller { subject, name, email, credential, .. } = caller;
    Json(Me { subject, name, email, credential, may_create })
}

/// Accepts every open invitation of the caller's verified address. Where access tokens carry none, as
/// Cognito's, the ID token shows it.
#[utoipa::path(post, path = "/me/invitations", request_body = Proof, responses((status = 200, body = Joined), Failures))]
async fn accept_invitations(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(by): Extension<Actor>,
    Json(proof): Json<Proof>,
) -> Result<Json<Joined>, Problem> {
    let email = match (&app.access.sign_in, &proof.id_token) {
        (SignIn::Issuers(oidc), Some(token)) => {
            let identity = oidc.verify_id_token(token, caller.subject.as_str()).await;
            let identity = identity.map_err(|rejected| callers::rejected(&rejected))?;
            identity.email.and_then(|email| email.parse().ok())
        }
        _ => caller.email.clone(),
    };
    let caller = Caller { email, ..caller };
    Ok(Json(Joined { projects: invitations::accept_all(&app, &caller, &by).await? }))
}

/// Leaves a project. Its last admin cannot.
#[utoipa::path(post, path = "/projects/{project}/leave", params(("project" = ProjectId, Path)), responses((status = 204), Failures))]
async fn leave_project(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(by): Extension<Actor>,
    Path(project): Path<ProjectId>,
) -> Result<NoContent, Problem> {
    let change = Change::MemberRemoved { subject: caller.subject };
    commit_access(&app, &project, vec![op(change, by)]).await?;
    Ok(NoContent)
}
