//! API tokens, for builds and scripts.

use std::collections::{BTreeSet, HashMap};

use axum::Extension;
use axum::extract::State;
use axum::response::NoContent;
use copydesk_schema::access::TokenInfo;
use copydesk_schema::table::{KeyRange, Thing, TokenItem};
use copydesk_schema::{Actor, Change, Grant, Locale, ProjectId, Role, Seq, Timestamp, TokenId};
use copydesk_store::Op;
use copydesk_store::writer::Along;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::projects::op;
use super::{commit_access, lookup};
use crate::access::callers::new_token;
use crate::access::secrets::{random_number, sha256};
use crate::extract::{Json, Path, Query, distinct};
use crate::paging::{Page, Paging};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(list_tokens, create_token)).routes(routes!(revoke_token))
}

/// An API token, without its secret.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's words")]
struct Token {
    /// Its name in lists and logs.
    token: TokenId,
    /// What is known of it.
    #[serde(flatten)]
    info: TokenInfo,
    /// When it was used last, to within five minutes; absent when never.
    #[serde(skip_serializing_if = "Option::is_none")]
    used: Option<Timestamp>,
    /// Who made it.
    by: Option<Actor>,
    /// When.
    at: Option<Timestamp>,
    /// The event that made it.
    seq: Seq,
}

/// An API token with its secret, which is shown this once.
#[derive(Serialize, ToSchema)]
struct FreshToken {
    /// What requests carry: `Authorization: Bearer cpd_…`. It is kept nowhere.
    secret: String,
    /// The token.
    #[serde(flatten)]
    token: Token,
}

/// What a token is for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewToken {
    /// What it is for, as people see it.
    name: String,
    /// What it may do.
    role: Role,
    /// Only these locales, for editors and publishers; all when absent.
    #[serde(default, deserialize_with = "distinct")]
    locales: Option<BTreeSet<Locale>>,
    /// Until when; for ever when absent.
    expires: Option<Timestamp>,
}

/// The API tokens of a project.
#[utoipa::path(get, path = "/projects/{project}/tokens", params(("project" = ProjectId, Path), Paging), responses((status = 200, body = Page<Token>), Failures))]
async fn list_tokens(
    State(app): State<App>,
    Path(project): Path<ProjectId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<Token>>, Problem> {
    lookup::project(&app.reader, &project).await?;
    let heads = app.reader.heads(&KeyRange::tokens(&project)).await?;
    let heads: Vec<_> = heads.into_iter().filter(|head| !head.deleted).collect();
    let born: Vec<Seq> = heads.iter().map(|head| head.born).collect();
    let ids: Vec<TokenId> = heads
        .iter()
        .filter_map(|head| match &head.thing {
            Thing::Token { token, .. } => Some(token.clone()),
            _ => None,
        })
        .collect();
    let (events, items) = futures::try_join!(app.reader.events_at(&project, &born), app.reader.tokens(&ids))?;
    let made: HashMap<Seq, (Actor, Timestamp)> =
        events.into_iter().map(|event| (event.seq, (event.by, event.at))).collect();
    let used: HashMap<TokenId, TokenItem> = items.into_iter().map(|item| (item.token.clone(), item)).collect();
    let tokens = heads.into_iter().filter_map(|head| match head.thing {
        Thing::Token { token, info } => {
            let (by, at) = made.get(&head.born).cloned().unzip();
            Some(Token { used: used.get(&token).and_then(|item| item.used), token, info, by, at, seq: head.seq })
        }
        _ => None,
    });
    Ok(Json(Page::of(tokens, &paging, |token| token.token.to_string())?))
}

/// Makes an API token. Its secret is in this answer and nowhere else.
#[utoipa::path(post, path = "/projects/{project}/tokens", params(("project" = ProjectId, Path)), request_body = NewToken, responses((status = 201, body = FreshToken), Failures))]
async fn create_token(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path(project): Path<ProjectId>,
    Json(new): Json<NewToken>,
) -> Result<(StatusCode, Json<FreshToken>), Problem> {
    if new.expires.is_some_and(|expires| expires <= app.clock.now()) {
        return Err(Problem::new(Kind::InvalidBody, "expires is in the past"));
    }
    let token = TokenId::from_random(random_number().map_err(|error| Problem::fault(&error))?);
    let secret = new_token(&token).map_err(|error| Problem::fault(&error))?;
    let grant = Grant { role: new.role, locales: new.locales };
    let info = TokenInfo { name: new.name, grant, expires: new.expires, preview: false };
    let change = Change::TokenCreated { token: token.clone(), info: info.clone() };
    let op = Op { along: Along::Token(sha256(&secret)), ..op(change, by.clone()) };
    let committed = commit_access(&app, &project, vec![op]).await?;
    let token = Token { token, info, used: None, by: Some(by), at: Some(committed.at), seq: committed.seq };
    Ok((StatusCode::CREATED, Json(FreshToken { secret, token })))
}

/// Makes an API token worthless, at once in this process and within seconds in others.
#[utoipa::path(delete, path = "/projects/{project}/tokens/{token}", params(("project" = ProjectId, Path), ("token" = TokenId, Path)), responses((status = 204), Failures))]
async fn revoke_token(
    State(app): State<App>,
    Extension(by): Extension<Actor>,
    Path((project, token)): Path<(ProjectId, TokenId)>,
) -> Result<NoContent, Problem> {
    commit_access(&app, &project, vec![op(Change::TokenRevoked { token }, by)]).await?;
    Ok(NoContent)
}
