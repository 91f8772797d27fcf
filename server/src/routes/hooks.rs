//! Webhooks: who is told what happens in a project, and what became of the messages.

use std::collections::BTreeSet;

use axum::Extension;
use axum::extract::State;
use axum::response::NoContent;
use copydesk_schema::access::{Delivery, DeliveryState, HookInfo, Topic};
use copydesk_schema::hooks::check_url;
use copydesk_schema::table::{DeliveryItem, HeadItem, HookSecretItem, Key, KeyRange, OldSecret, Thing};
use copydesk_schema::{Actor, Change, HookId, ProjectId, Seq, Timestamp};
use copydesk_store::writer::Along;
use copydesk_store::{Expect, Op};
use futures::future::try_join_all;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::projects::op;
use super::{commit_access, lookup};
use crate::access::secrets::{random_number, webhook_secret};
use crate::extract::{Json, Path, Query, distinct};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_hooks, create_hook))
        .routes(routes!(put_hook, delete_hook))
        .routes(routes!(rotate_secret))
        .routes(routes!(list_deliveries))
        .routes(routes!(replay_delivery))
}

/// For how long messages carry the signatures of both secrets after one was replaced: a day.
const BOTH_MILLIS: u64 = 24 * 60 * 60 * 1000;

/// So many replaced secrets are remembered besides the newest.
const OLD_SECRETS: usize = 4;

/// A webhook.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's words")]
struct Hook {
    /// Which.
    hook: HookId,
    /// What is known of it.
    #[serde(flatten)]
    info: HookInfo,
    /// Why nothing is sent any more; saving it again begins anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    stopped: Option<String>,
    /// The event that changed it last.
    seq: Seq,
}

/// A webhook with its secret, which is shown this once.
#[derive(Serialize, ToSchema)]
struct FreshHook {
    /// What messages are signed with (Standard Webhooks): `whsec_…`.
    secret: String,
    /// The webhook.
    #[serde(flatten)]
    hook: Hook,
}

/// A secret, which is shown this once.
#[derive(Serialize, ToSchema)]
struct FreshSecret {
    /// What messages are signed with from now on.
    secret: String,
    /// Until when they carry the signature of the secret before, too.
    before_until: Timestamp,
}

/// What to tell whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewHook {
    /// Where messages go: an https address that can be reached from anywhere.
    url: String,
    /// What it is told; everything when absent.
    #[serde(default, deserialize_with = "distinct")]
    topics: Option<BTreeSet<Topic>>,
    /// Whether it is told anything at the moment.
    #[serde(default = "yes")]
    enabled: bool,
}

fn yes() -> bool {
    true
}

impl NewHook {
    fn checked(self, app: &App) -> Result<HookInfo, Problem> {
        let url = check_url(&self.url, app.hook_reach);
        let url = url.map_err(|refused| Problem::new(Kind::InvalidBody, format!("url: {refused}")))?;
        if self.topics.as_ref().is_some_and(BTreeSet::is_empty) {
            return Err(Problem::new(
                Kind::InvalidBody,
                "an empty list of topics hears nothing; leave it out to mean all",
            ));
        }
        Ok(HookInfo { url: url.to_string(), topics: self.topics, enabled: self.enabled })
    }
}

/// A message to a webhook.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's words")]
struct Message {
    /// Its number: the event or request that it tells of.
    delivery: Seq,
    /// The message.
    #[serde(flatten)]
    message: Delivery,
    /// When it is tried next; absent when it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<Timestamp>,
}

impl From<DeliveryItem> for Message {
    fn from(item: DeliveryItem) -> Self {
        let DeliveryItem { seq, delivery, job_due, .. } = item;
        Self { delivery: seq, message: delivery, next: job_due.map(Timestamp) }
    }
}

async fn read(app: &App, project: &ProjectId, head: HeadItem) -> Result<Option<Hook>, Problem> {
    let HeadItem { seq, deleted, thing, .. } = head;
    let Thing::Hook { hook, info } = thing else { return Ok(None) };
    if deleted {
        return Ok(None);
    }
    let status = app.reader.hook_status(project, &hook).await?;
    let stopped = status.stopped.filter(|_| status.hook_seq == seq);
    Ok(Some(Hook { hook, info, stopped, seq }))
}

async fn existing(app: &App, project: &ProjectId, hook: &HookId) -> Result<Hook, Problem> {
    lookup::project(&app.reader, project).await?;
    let missing = || Problem::not_found(format!("webhook {hook}"));
    let head = app.reader.head(&Key::Hook(project, hook)).await?.ok_or_else(missing)?;
    read(app, project, head).await?.ok_or_else(missing)
}

/// The webhooks of a project.
#[utoipa::path(get, path = "/projects/{project}/hooks", params(("project" = ProjectId, Path), Paging), responses((status = 200, body = Page<Hook>), Failures))]
async fn list_hooks(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Hook>>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let heads = app.reader.heads(&KeyRange::hooks(&project)).await?;
    let hooks = try_join_all(heads.into_iter().map(|head| read(&app, &project, head))).await?;
    Ok(Json(Page::of(hooks.into_iter().flatten(), &paging, |hook| hook.hook.to_string())?))
}

/// Adds a webhook. Its secret is in this answer and nowhere else; its first message is a ping.
#[utoipa::path(post, path = "/projects/{project}/hooks", params(("project" = ProjectId, Path)), request_body = NewHook, responses((status = 201, body = FreshHook), Failures))]
async fn create_hook(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path(project): Path<ProjectId>,
    Json(new): Json<NewHook>,
) -> Result<(StatusCode, Json<FreshHook>), Problem> {
    let info = new.checked(&app)?;
    let hook = HookId::from_random(random_number().map_err(|error| Problem::fault(&error))?);
    let secret = webhook_secret().map_err(|error| Problem::fault(&error))?;
    let change = Change::HookPut { hook: hook.clone(), info: info.clone() };
    let kept = HookSecretItem { secret: secret.clone(), before: Vec::new() };
    let op = Op { along: Along::HookSecret(kept), ..op(change, by) };
    let committed = commit_access(&app, &project, vec![op]).await?;
    let hook = Hook { hook, info, stopped: None, seq: committed.seq };
    Ok((StatusCode::CREATED, Json(FreshHook { secret, hook })))
}

/// Changes a webhook. One that was stopped begins anew.
#[utoipa::path(put, path = "/projects/{project}/hooks/{hook}", params(("project" = ProjectId, Path), ("hook" = HookId, Path)), request_body = NewHook, responses((status = 200, body = Hook), Failures))]
async fn put_hook(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, hook)): Path<(ProjectId, HookId)>,
    Json(new): Json<NewHook>,
) -> Result<Json<Hook>, Problem> {
    let info = new.checked(&app)?;
    let known = existing(&app, &project, &hook).await?;
    let change = Change::HookPut { hook: hook.clone(), info: info.clone() };
    let op = Op { expect: Expect::Version(known.seq), ..op(change, by) };
    let committed = commit_access(&app, &project, vec![op]).await?;
    Ok(Json(Hook { hook, info, stopped: None, seq: committed.seq }))
}

/// Removes a webhook. What was not delivered never will be.
#[utoipa::path(delete, path = "/projects/{project}/hooks/{hook}", params(("project" = ProjectId, Path), ("hook" = HookId, Path)), responses((status = 204), Failures))]
async fn delete_hook(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, hook)): Path<(ProjectId, HookId)>,
) -> Result<NoContent, Problem> {
    commit_access(&app, &project, vec![op(Change::HookRemoved { hook }, by)]).await?;
    Ok(NoContent)
}

/// Replaces a webhook's secret. For a day messages carry the signatures of both.
#[utoipa::path(post, path = "/projects/{project}/hooks/{hook}/secret", params(("project" = ProjectId, Path), ("hook" = HookId, Path)), responses((status = 201, body = FreshSecret), Failures))]
async fn rotate_secret(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, hook)): Path<(ProjectId, HookId)>,
) -> Result<(StatusCode, Json<FreshSecret>), Problem> {
    let known = existing(&app, &project, &hook).await?;
    let now = app.clock.now();
    let before_until = now.plus_millis(BOTH_MILLIS);
    let kept = app.reader.hook_secret(&project, &hook).await?;
    let mut before: Vec<OldSecret> = Vec::new();
    if let Some(kept) = kept {
        before.push(OldSecret { secret: kept.secret, until: before_until });
        // Somebody who asked twice has not given the first new one to the receiver.
        before.extend(kept.before.into_iter().filter(|old| old.until > now).take(OLD_SECRETS));
    }
    let secret = webhook_secret().map_err(|error| Problem::fault(&error))?;
    let kept = HookSecretItem { secret: secret.clone(), before };
    let change = Change::HookPut { hook, info: known.info };
    let expect = Expect::Version(known.seq);
    let op = Op { expect, along: Along::HookSecret(kept), ..op(change, by) };
    commit_access(&app, &project, vec![op]).await?;
    Ok((StatusCode::CREATED, Json(FreshSecret { secret, before_until })))
}

/// The messages of the last 30 days to a webhook, newest first, with every try.
#[utoipa::path(get, path = "/projects/{project}/hooks/{hook}/deliveries", params(("project" = ProjectId, Path), ("hook" = HookId, Path), Paging), responses((status = 200, body = Page<Message>), Failures))]
async fn list_deliveries(
    State(app): State<App>,
    Path((project, hook)): Path<(ProjectId, HookId)>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Message>>, Problem> {
    existing(&app, &project, &hook).await?;
    let (limit, before) = (paging.limit()?, paging.after_number()?);
    let mut items = app.reader.deliveries(&project, &hook, before.map(Seq), limit + 1).await?;
    let more = items.len() > limit;
    items.truncate(limit);
    let messages = items.into_iter().map(Message::from).collect();
    Ok(Json(Page::new(messages, more, |message| message.delivery.to_string())))
}

/// Sends a message once more, with the same id.
#[utoipa::path(post, path = "/projects/{project}/hooks/{hook}/deliveries/{delivery}/replay", params(("project" = ProjectId, Path), ("hook" = HookId, Path), ("delivery" = Seq, Path)), responses((status = 202, body = Message), Failures))]
async fn replay_delivery(
    State(app): State<App>,
    Path((project, hook, delivery)): Path<(ProjectId, HookId, Seq)>,
) -> Result<(StatusCode, Json<Message>), Problem> {
    existing(&app, &project, &hook).await?;
    let item = app.reader.delivery(&project, &hook, delivery).await?;
    let item = item.ok_or_else(|| Problem::not_found(format!("message {delivery} to webhook {hook}")))?;
    if item.delivery.state != DeliveryState::Waiting {
        app.messages.replay(item, app.clock.now()).await?;
        (app.deliver)();
    }
    let item = app.reader.delivery(&project, &hook, delivery).await?;
    let item = item.ok_or_else(|| Problem::not_found(format!("message {delivery} to webhook {hook}")))?;
    Ok((StatusCode::ACCEPTED, Json(item.into())))
}
