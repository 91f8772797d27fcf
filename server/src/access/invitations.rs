//! Invitations become memberships: by the verified address that somebody signs in with.

use copydesk_schema::access::{InvitationInfo, MemberInfo};
use copydesk_schema::table::{InvitedItem, Key, Thing};
use copydesk_schema::{Actor, Change, Email, ProjectId};
use copydesk_store::writer::Along;
use copydesk_store::{Expect, Op, WriteError};

use super::callers::Caller;
use crate::preconditions::unnamed;
use crate::problem::Problem;
use crate::state::App;

/// Accepts the invitation to a project, if the caller's address has one that is open.
pub(crate) async fn accept(app: &App, caller: &Caller, project: &ProjectId, by: &Actor) -> Result<bool, Problem> {
    let Some(email) = &caller.email else { return Ok(false) };
    if let Some(invited) = app.reader.invited(email, project).await? {
        // Whatever became of it, what they may do has to be looked up anew.
        return bind(app, caller, email, invited, by).await.map(|_| true);
    }
    // Another request of theirs may have accepted it since their membership was looked up.
    let head = app.reader.member(project, &caller.subject).await?;
    Ok(head.is_some_and(|head| !head.deleted))
}

/// Invitations that one request accepts: anybody may be invited by many.
const AT_ONCE: usize = 20;

/// Accepts every invitation that the caller's address has.
pub(crate) async fn accept_all(app: &App, caller: &Caller, by: &Actor) -> Result<Vec<ProjectId>, Problem> {
    let Some(email) = &caller.email else { return Ok(Vec::new()) };
    let mut joined = Vec::new();
    for invited in app.reader.invitations_of(email, AT_ONCE).await? {
        let project = invited.project.clone();
        match bind(app, caller, email, invited, by).await {
            Ok(true) => joined.push(project),
            Ok(false) => {}
            // One project that cannot be joined at the moment is in no other's way.
            Err(problem) => tracing::warn!(%project, ?problem, "an invitation could not be accepted"),
        }
    }
    Ok(joined)
}

async fn bind(app: &App, caller: &Caller, email: &Email, invited: InvitedItem, by: &Actor) -> Result<bool, Problem> {
    let bound = bind_open(app, caller, email, &invited, by).await?;
    app.sign_ins.forget_invited(email, &invited).await?;
    Ok(bound)
}

/// Accepts an invitation that is still open; `false` for one that is not.
async fn bind_open(
    app: &App,
    caller: &Caller,
    email: &Email,
    invited: &InvitedItem,
    by: &Actor,
) -> Result<bool, Problem> {
    let InvitedItem { project, invitation } = invited.clone();
    let head = app.reader.head(&Key::Invitation(&project, &invitation)).await?.filter(|head| !head.deleted);
    let Some(Thing::Invitation { info, .. }) = head.map(|head| head.thing) else { return Ok(false) };
    if info.email != *email || info.expires < app.clock.now() {
        return Ok(false);
    }
    let already = app.reader.member(&project, &caller.subject).await?.filter(|head| !head.deleted);
    let mut changes = vec![Change::InvitationEnded { invitation }];
    // Whoever is a member has been given what an admin meant them to have.
    if already.is_none() {
        changes.insert(0, membership(caller, info));
    }
    let op =
        |change| Op { change, expect: Expect::Anything, along: Along::Nothing, save_id: unnamed(), by: by.clone() };
    let bound = app.writer.commit_together(&project, changes.into_iter().map(op).collect()).await;
    app.access.kept.forget(&project);
    match bound {
        Ok(_) => Ok(true),
        // It ended this moment, or the project did.
        Err(WriteError::Refused(refusal)) => {
            tracing::info!(%project, %refusal, "an invitation could not be accepted");
            Ok(false)
        }
        Err(error) => Err(error.into()),
    }
}

fn membership(caller: &Caller, info: InvitationInfo) -> Change {
    let InvitationInfo { email, grant, .. } = info;
    let info = MemberInfo { name: caller.name.clone(), grant, email: Some(email) };
    Change::MemberPut { subject: caller.subject.clone(), info }
}
