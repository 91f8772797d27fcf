//! The project's events in order: for audit and for keeping a copy in step.

use axum::Extension;
use axum::extract::State;
use copydesk_schema::{Change, Email, Event, ProjectId, Role, Seq, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::lookup;
use crate::access::guard::Allowed;
use crate::extract::{Json, Path, Query};
use crate::paging::MOST;
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_events))
}

/// Events that one request looks through for those that it wants.
const LOOKED_AT: usize = 5_000;

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct Which {
    /// The last event that is known already; 0 for none. Events come oldest first.
    after: Option<Seq>,
    /// The oldest event that is known already. Events come newest first; from the newest when it is 0.
    before: Option<Seq>,
    /// At most so many events: 1 to 1000, 100 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<usize>,
    /// Only what this subject did.
    actor: Option<String>,
    /// Only this kind of change, such as `draft-saved`; several with commas between.
    kind: Option<String>,
    /// Only what happened at this time or later.
    since: Option<Timestamp>,
    /// Only what happened before this time.
    until: Option<Timestamp>,
}

impl Which {
    fn is_filter(&self) -> bool {
        self.actor.is_some() || self.kind.is_some() || self.since.is_some() || self.until.is_some()
    }

    fn wants(&self, event: &Event) -> bool {
        let kind = |kinds: &String| {
            let is = event.change.kind();
            kinds.split(',').any(|kind| kind.trim() == is)
        };
        self.actor.as_ref().is_none_or(|actor| *actor == event.by.subject)
            && self.kind.as_ref().is_none_or(kind)
            && self.since.is_none_or(|since| event.at >= since)
            && self.until.is_none_or(|until| event.at < until)
    }
}

#[derive(Serialize, ToSchema)]
struct Log {
    /// The events that are wanted, in order.
    items: Vec<Event>,
    /// What to pass as `after` or `before` next time: everything up to there was looked at.
    next: Seq,
    /// The newest event there is.
    tip: Seq,
}

/// The project's events: oldest first `after` one that is known (repeat with `next` until it equals
/// `tip`, later for what came since), or newest first `before` one (repeat until `next` is 1). With a
/// filter a page can be empty before the end.
#[utoipa::path(get, path = "/projects/{project}/log", params(("project" = ProjectId, Path), Which), responses((status = 200, body = Log), Failures))]
async fn list_events(
    State(app): State<App>,
    Extension(allowed): Extension<Allowed>,
    Path(project): Path<ProjectId>,
    Query(which): Query<Which>,
) -> Result<Json<Log>, Problem> {
    let limit = which.limit.unwrap_or(100);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::new(Kind::BadRequest, format!("limit is 1 to {MOST}")));
    }
    lookup::project(&app.reader, &project).await?;
    let tip = app.reader.tip(&project).await?.seq;
    let from = match (which.after, which.before) {
        (Some(_), Some(_)) => return Err(Problem::new(Kind::BadRequest, "send either after or before")),
        (after, None) => Walk::Up(after.unwrap_or_default()),
        (None, Some(Seq(0))) => Walk::Down(tip.next()),
        (None, Some(before)) => Walk::Down(before),
    };
    let known = match from {
        Walk::Up(seq) => seq,
        Walk::Down(seq) => Seq(seq.0 - 1),
    };
    if known > tip {
        let detail = format!("the newest event is {tip}; {known} is not there yet");
        return Err(Problem::new(Kind::UnknownSeq, detail));
    }
    let (mut items, next) = find(&app, &project, from, &which, limit).await?;
    if allowed.0.role < Role::Admin {
        for event in &mut items {
            hide_addresses(&mut event.change);
        }
    }
    Ok(Json(Log { items, next, tip: tip.max(known) }))
}

#[derive(Clone, Copy)]
enum Walk {
    Up(Seq),
    Down(Seq),
}

/// The next events that are wanted, and how far it looked.
async fn find(
    app: &App,
    project: &ProjectId,
    mut walk: Walk,
    which: &Which,
    limit: usize,
) -> Result<(Vec<Event>, Seq), Problem> {
    let (mut items, mut looked) = (Vec::new(), 0);
    // With a filter most of what is read is not wanted.
    let chunk = if which.is_filter() { MOST } else { limit };
    loop {
        let events = match walk {
            Walk::Up(after) => app.reader.events(project, after, chunk).await?,
            Walk::Down(Seq(..=1)) => Vec::new(),
            Walk::Down(before) => app.reader.events_before(project, before, chunk).await?,
        };
        if events.is_empty() {
            return Ok((items, seq(walk)));
        }
        for event in events {
            looked += 1;
            walk = match walk {
                Walk::Up(_) => Walk::Up(event.seq),
                Walk::Down(_) => Walk::Down(event.seq),
            };
            if which.wants(&event) {
                items.push(event);
            }
            if items.len() == limit || looked == LOOKED_AT {
                return Ok((items, seq(walk)));
            }
        }
    }
}

fn seq(walk: Walk) -> Seq {
    match walk {
        Walk::Up(seq) | Walk::Down(seq) => seq,
    }
}

/// Where people and webhooks are is for admins.
fn hide_addresses(change: &mut Change) {
    match change {
        Change::MemberPut { info, .. } => info.email = None,
        Change::InvitationCreated { info, .. } => info.email = Email::hidden(),
        // Whoever knows where a webhook is may write to it.
        Change::HookPut { info, .. } => "https://hidden.invalid/".clone_into(&mut info.url),
        _ => {}
    }
}
