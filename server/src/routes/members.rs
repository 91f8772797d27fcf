//! Who belongs to a project, and who is invited to.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::State;
use axum::response::NoContent;
use copydesk_schema::access::{InvitationInfo, MemberInfo};
use copydesk_schema::table::{KeyRange, Thing};
use copydesk_schema::{Actor, Change, Email, Grant, InvitationId, Locale, ProjectId, Role, Seq, Subject, Timestamp};
use copydesk_store::{Expect, Op};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::projects::op;
use super::{commit_access, lookup};
use crate::access::callers::Caller;
use crate::access::links::SIGN_IN_PAGE;
use crate::access::secrets::random_number;
use crate::access::{Links, SignIn};
use crate::extract::{Json, Path, Query, distinct};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_members))
        .routes(routes!(put_member, remove_member))
        .routes(routes!(list_invitations, create_invitation))
        .routes(routes!(end_invitation))
}

/// How long an invitation is open unless its admin says otherwise: 14 days.
const OPEN_MILLIS: u64 = 14 * 24 * 60 * 60 * 1000;

/// A member of a project.
#[derive(Serialize, ToSchema)]
struct Member {
    /// Who.
    subject: Subject,
    /// What is known of them.
    #[serde(flatten)]
    info: MemberInfo,
    /// The event that changed this last.
    seq: Seq,
}

/// What a member may do.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewGrant {
    /// The role.
    role: Role,
    /// Only these locales, for editors and publishers; all when absent.
    #[serde(default, deserialize_with = "distinct")]
    locales: Option<BTreeSet<Locale>>,
}

impl From<NewGrant> for Grant {
    fn from(new: NewGrant) -> Self {
        Self { role: new.role, locales: new.locales }
    }
}

/// An invitation to a project.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's words")]
struct Invitation {
    /// Which.
    invitation: InvitationId,
    /// What is known of it.
    #[serde(flatten)]
    info: InvitationInfo,
    /// The event that made it.
    seq: Seq,
}

/// An invitation, and where to send whom it is for.
#[derive(Serialize, ToSchema)]
struct FreshInvitation {
    /// The invitation.
    #[serde(flatten)]
    invitation: Invitation,
    /// Where they sign in, below the address of the API. Where the owner invites and people sign in by our own
    /// links, it is one: it works once, for ten minutes.
    path: String,
}

/// Whom to invite.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewInvitation {
    /// Their address. Whoever signs in with it, verified, becomes a member.
    email: Email,
    /// The role they will have.
    role: Role,
    /// Only these locales, for editors and publishers; all when absent.
    #[serde(default, deserialize_with = "distinct")]
    locales: Option<BTreeSet<Locale>>,
    /// Until when; 14 days from now when absent.
    expires: Option<Timestamp>,
}

/// The members of a project.
#[utoipa::path(get, path = "/projects/{project}/members", params(("project" = ProjectId, Path), Paging), responses((status = 200, body = Page<Member>), Failures))]
async fn list_members(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Member>>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let heads = app.reader.heads(&KeyRange::members(&project)).await?;
    let members = heads.into_iter().filter(|head| !head.deleted).filter_map(|head| match head.thing {
        Thing::Member { subject, info } => Some(Member { subject, info, seq: head.seq }),
        _ => None,
    });
    Ok(Json(Page::of(members, &paging, |member| member.subject.to_string())?))
}

/// Changes what a member may do. People become members by invitation. A project keeps one admin.
#[utoipa::path(put, path = "/projects/{project}/members/{subject}", params(("project" = ProjectId, Path), ("subject" = Subject, Path)), request_body = NewGrant, responses((status = 200, body = Member), Failures))]
async fn put_member(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, subject)): Path<(ProjectId, Subject)>,
    Json(new): Json<NewGrant>,
) -> Result<Json<Member>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let known = app.reader.member(&project, &subject).await?.filter(|head| !head.deleted);
    let known = known.ok_or_else(|| Problem::not_found(format!("member {subject}; invite them first")))?;
    let info = MemberInfo { grant: new.into(), ..known.info.clone() };
    let change = Change::MemberPut { subject: subject.clone(), info: info.clone() };
    let op = Op { expect: Expect::Version(known.seq), ..op(change, by) };
    let committed = commit_access(&app, &project, vec![op]).await?;
    Ok(Json(Member { subject, info, seq: committed.seq }))
}

/// Removes a member, at once in this process and within seconds in others. A project keeps one admin.
#[utoipa::path(delete, path = "/projects/{project}/members/{subject}", params(("project" = ProjectId, Path), ("subject" = Subject, Path)), responses((status = 204), Failures))]
async fn remove_member(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, subject)): Path<(ProjectId, Subject)>,
) -> Result<NoContent, Problem> {
    commit_access(&app, &project, vec![op(Change::MemberRemoved { subject }, by)]).await?;
    Ok(NoContent)
}

/// The invitations that were not accepted or taken back.
#[utoipa::path(get, path = "/projects/{project}/invitations", params(("project" = ProjectId, Path), Paging), responses((status = 200, body = Page<Invitation>), Failures))]
async fn list_invitations(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Invitation>>, Problem> {
    Ok(Json(Page::of(read_invitations(&app, &project).await?, &paging, |one| one.invitation.to_string())?))
}

async fn read_invitations(app: &App, project: &ProjectId) -> Result<Vec<Invitation>, Problem> {
    lookup::project(&app.reader, project).await?;
    let heads = app.reader.heads(&KeyRange::invitations(project)).await?;
    let open = heads.into_iter().filter(|head| !head.deleted).filter_map(|head| match head.thing {
        Thing::Invitation { invitation, info } => Some(Invitation { invitation, info, seq: head.seq }),
        _ => None,
    });
    Ok(open.collect())
}

/// Invites somebody by their address. No mail is sent: tell them where to sign in.
#[utoipa::path(post, path = "/projects/{project}/invitations", params(("project" = ProjectId, Path)), request_body = NewInvitation, responses((status = 201, body = FreshInvitation), Failures))]
async fn create_invitation(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Extension(by): Extension<Actor>,
    Path(project): Path<ProjectId>,
    Json(new): Json<NewInvitation>,
) -> Result<(StatusCode, Json<FreshInvitation>), Problem> {
    let now = app.clock.now();
    let expires = new.expires.unwrap_or(now.plus_millis(OPEN_MILLIS));
    if expires <= now {
        return Err(Problem::new(Kind::InvalidBody, "expires is in the past"));
    }
    let invitation = InvitationId::from_random(random_number().map_err(|error| Problem::fault(&error))?);
    let grant = Grant { role: new.role, locales: new.locales };
    let info = InvitationInfo { email: new.email, grant, expires };
    // One that nobody can accept any more is in nobody's way.
    let stale = read_invitations(&app, &project).await?.into_iter();
    let stale = stale.filter(|one| one.info.email == info.email && one.info.expires <= now);
    let mut changes: Vec<Change> = stale.map(|one| Change::InvitationEnded { invitation: one.invitation }).collect();
    changes.push(Change::InvitationCreated { invitation: invitation.clone(), info: info.clone() });
    let ops = changes.into_iter().map(|change| op(change, by.clone())).collect();
    let committed = commit_access(&app, &project, ops).await?;
    let path = match &app.access.sign_in {
        // An admin could be anybody by such a link: it is the owner's to give.
        SignIn::Links(links) if caller.is_owner() => {
            let link = links.code_for(info.email.clone(), None).await;
            Links::path(&link.map_err(|error| Problem::fault(&*error))?.0)
        }
        _ => SIGN_IN_PAGE.to_owned(),
    };
    let invitation = Invitation { invitation, info, seq: committed.seq };
    Ok((StatusCode::CREATED, Json(FreshInvitation { invitation, path })))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/projects/{project}/invitations/{invitation}", params(("project" = ProjectId, Path), ("invitation" = InvitationId, Path)), responses((status = 204), Failures))]
async fn end_invitation(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, invitation)): Path<(ProjectId, InvitationId)>,
) -> Result<NoContent, Problem> {
    commit_access(&app, &project, vec![op(Change::InvitationEnded { invitation }, by)]).await?;
    Ok(NoContent)
}
