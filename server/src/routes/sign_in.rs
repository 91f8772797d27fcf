//! Signing in by our own links: the local default.

use axum::Extension;
use axum::extract::State;
use axum::response::NoContent;
use copydesk_schema::limits::NAME_CHARS;
use copydesk_schema::{Email, Timestamp};
use futures::future::join_all;
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::callers::Caller;
use crate::access::links::{NoSession, Session};
use crate::access::{Links, SignIn, callers, loans};
use crate::extract::{Json, Path, Peer};
use crate::oidc::{Grant, Issued, IssuerKind, IssuerSettings, NotIssued, Oidc};
use crate::problem::{Failures, Kind, Problem};
use crate::state::App;

/// What is asked for: who somebody is; and where an issuer wants to be asked for it, that it goes on.
const SCOPE: &str = "openid email profile";
const SCOPE_OFFLINE: &str = "openid email profile offline_access";

pub(super) fn router() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(get_sign_in))
        .routes(routes!(create_link))
        .routes(routes!(begin_session))
        .routes(routes!(create_code))
        .routes(routes!(refresh_session))
        .routes(routes!(end_session))
        .routes(routes!(begin_issued))
        .routes(routes!(refresh_issued))
        .routes(routes!(end_issued))
}

/// How people sign in here.
#[derive(Serialize, ToSchema)]
struct HowToSignIn {
    /// Whether by links that the owner hands out.
    links: bool,
    /// Otherwise at one of these.
    issuers: Vec<Issuer>,
}

/// Where people can sign in.
#[derive(Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "the API's words")]
struct Issuer {
    /// Its name here.
    name: String,
    /// Its address: where OpenID Connect discovery begins.
    issuer: String,
    /// The client ids that are accepted.
    clients: Vec<String>,
    /// Where a browser is sent to sign in, with what has to be asked for besides `state` and the challenge of PKCE; null
    /// where the issuer does not answer.
    authorize: Option<String>,
}

/// What a browser came back with from an issuer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IssuerCode {
    /// The code.
    code: String,
    /// The word behind the challenge (PKCE).
    verifier: String,
    /// The address that it came back to.
    redirect: String,
}

/// Whom a link signs in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewLink {
    /// Somebody else than the owner, by their address: they are whoever was invited at it.
    email: Option<Email>,
    /// The name that people see; the address, or Owner, when absent.
    name: Option<String>,
}

/// A link that signs in once.
#[derive(Serialize, ToSchema)]
struct Link {
    /// What `POST /v1/sessions` takes.
    code: String,
    /// The same as a page to open, below the address of the API.
    path: String,
    /// Until when it can be used.
    expires: Timestamp,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LinkCode {
    /// The code of a link, or one for another window.
    code: String,
}

/// A code that signs the caller in once more.
#[derive(Serialize, ToSchema)]
struct WindowCode {
    /// What `POST /v1/sessions` takes: ten letters and digits.
    code: String,
    /// Until when it can be used.
    expires: Timestamp,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Refresh {
    /// The newest refresh token of the session.
    refresh_token: String,
}

/// What continues a session, and what requests carry meanwhile.
#[derive(Serialize, ToSchema)]
struct Tokens {
    /// For the header `Authorization`.
    access_token: String,
    /// Always `Bearer`.
    token_type: &'static str,
    /// Seconds for which the access token is good.
    expires_in: u64,
    /// Good once, for the next tokens. Used twice, it ends the session. Of an issuer: its own; empty where it gives none.
    refresh_token: String,
}

impl From<Session> for Tokens {
    fn from(session: Session) -> Self {
        let Session { access, expires_in, refresh } = session;
        Self { access_token: access, token_type: "Bearer", expires_in, refresh_token: refresh }
    }
}

fn links(app: &App) -> Result<&Links, Problem> {
    match &app.access.sign_in {
        SignIn::Links(links) => Ok(links),
        SignIn::Issuers(_) | SignIn::None => {
            Err(Problem::not_found("sign-in by link: sign in at the issuer that is configured"))
        }
    }
}

/// How people sign in here.
#[utoipa::path(get, path = "/sign-in", security(()), responses((status = 200, body = HowToSignIn), Failures))]
async fn get_sign_in(State(app): State<App>) -> Json<HowToSignIn> {
    Json(match &app.access.sign_in {
        SignIn::Links(_) => HowToSignIn { links: true, issuers: Vec::new() },
        SignIn::None => HowToSignIn { links: false, issuers: Vec::new() },
        SignIn::Issuers(oidc) => {
            HowToSignIn { links: false, issuers: join_all(oidc.issuers().map(|settings| issuer(oidc, settings))).await }
        }
    })
}

async fn issuer(oidc: &Oidc, settings: &IssuerSettings) -> Issuer {
    let authorize = match oidc.endpoints(&settings.name).await {
        Ok(endpoints) => settings.client().map(|client| {
            let mut address = endpoints.authorize;
            let scope = if endpoints.offline { SCOPE_OFFLINE } else { SCOPE };
            let mut asked = vec![("response_type", "code"), ("client_id", client), ("scope", scope)];
            if settings.kind == IssuerKind::Google {
                asked.extend([("access_type", "offline"), ("prompt", "consent")]);
            }
            // Some issuers make tokens for us only where they are asked to.
            let audience = settings.audiences.first().filter(|_| settings.kind == IssuerKind::Generic);
            asked.extend(audience.map(|audience| ("audience", audience.as_str())));
            address.query_pairs_mut().extend_pairs(asked);
            address.to_string()
        }),
        Err(error) => {
            tracing::warn!(issuer = settings.name, %error, "it is not known where people sign in");
            None
        }
    };
    let clients = settings.accepted().cloned().collect();
    Issuer { name: settings.name.clone(), issuer: settings.issuer.clone(), clients, authorize }
}

/// Changes the code of an issuer into tokens. They are the issuer's own.
#[utoipa::path(post, path = "/sessions/issuers/{issuer}", security(()), params(("issuer" = String, Path)), request_body = IssuerCode, responses((status = 201, body = Tokens), Failures))]
async fn begin_issued(
    State(app): State<App>,
    Peer(from): Peer,
    Path(issuer): Path<String>,
    Json(IssuerCode { code, verifier, redirect }): Json<IssuerCode>,
) -> Result<(StatusCode, Json<Tokens>), Problem> {
    let grant = Grant::Code { code: &code, verifier: &verifier, redirect: &redirect };
    Ok((StatusCode::CREATED, Json(exchange(&app, from, &issuer, grant).await?)))
}

/// Continues a sign-in at an issuer: its own next tokens for its own refresh token.
#[utoipa::path(post, path = "/sessions/issuers/{issuer}/refresh", security(()), params(("issuer" = String, Path)), request_body = Refresh, responses((status = 200, body = Tokens), Failures))]
async fn refresh_issued(
    State(app): State<App>,
    Peer(from): Peer,
    Path(issuer): Path<String>,
    Json(Refresh { refresh_token }): Json<Refresh>,
) -> Result<Json<Tokens>, Problem> {
    Ok(Json(exchange(&app, from, &issuer, Grant::Refresh(&refresh_token)).await?))
}

/// Ends a sign-in at an issuer, where the issuer can: its refresh token is no longer good.
#[utoipa::path(post, path = "/sessions/issuers/{issuer}/end", security(()), params(("issuer" = String, Path)), request_body = Refresh, responses((status = 204), Failures))]
async fn end_issued(
    State(app): State<App>,
    Path(issuer): Path<String>,
    Json(Refresh { refresh_token }): Json<Refresh>,
) -> Result<NoContent, Problem> {
    let SignIn::Issuers(oidc) = &app.access.sign_in else {
        return Err(Problem::not_found(format!("issuer {issuer}")));
    };
    match oidc.revoke(&issuer, &refresh_token).await {
        Ok(()) => Ok(NoContent),
        Err(NotIssued::Unknown) => Err(Problem::not_found(format!("issuer {issuer}"))),
        Err(error) => {
            tracing::warn!(issuer, %error, "a sign-in could not be ended");
            Err(Problem::new(Kind::Unavailable, "the issuer does not answer; try again"))
        }
    }
}

async fn exchange(app: &App, from: std::net::IpAddr, issuer: &str, grant: Grant<'_>) -> Result<Tokens, Problem> {
    let SignIn::Issuers(oidc) = &app.access.sign_in else {
        return Err(Problem::not_found(format!("issuer {issuer}")));
    };
    match oidc.exchange(issuer, grant).await {
        Ok(Issued { bearer, expires_in, refresh }) => {
            Ok(Tokens { access_token: bearer, token_type: "Bearer", expires_in, refresh_token: refresh })
        }
        Err(NotIssued::Unknown) => Err(Problem::not_found(format!("issuer {issuer}"))),
        Err(NotIssued::Refused) => Err(refused(app, from, NoSession::Invalid)),
        Err(NotIssued::Unreachable(error)) => {
            tracing::warn!(issuer, %error, "an issuer gave no tokens");
            Err(Problem::new(Kind::Unavailable, "the issuer does not answer; try again"))
        }
    }
}

/// Makes a link that signs the owner in, or somebody with this address. It works once, for ten minutes.
#[utoipa::path(post, path = "/sign-in-links", request_body = NewLink, responses((status = 201, body = Link), Failures))]
async fn create_link(State(app): State<App>, Json(new): Json<NewLink>) -> Result<(StatusCode, Json<Link>), Problem> {
    let links = links(&app)?;
    let name = new.name.filter(|name| !name.trim().is_empty());
    if name.as_ref().is_some_and(|name| name.chars().count() > NAME_CHARS) {
        return Err(Problem::new(Kind::LimitExceeded, format!("a name has at most {NAME_CHARS} characters")));
    }
    let code = match new.email {
        Some(email) => links.code_for(email, name).await,
        None => links.code(callers::owner(), name.unwrap_or_else(|| "Owner".to_owned()), None).await,
    };
    let (code, expires) = code.map_err(|error| Problem::fault(&*error))?;
    let path = Links::path(&code);
    Ok((StatusCode::CREATED, Json(Link { code, path, expires })))
}

/// Makes a code that signs the caller in once more, in another window: where a site is edited in place. It works once,
/// for two minutes. Of somebody who signed in at an issuer, the other window has the same access token for as long as it is
/// good.
#[utoipa::path(post, path = "/sessions/codes", responses((status = 201, body = WindowCode), Failures))]
async fn create_code(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
) -> Result<(StatusCode, Json<WindowCode>), Problem> {
    let code = if let SignIn::Issuers(oidc) = &app.access.sign_in {
        let bearer = callers::bearer(&headers).ok_or_else(callers::unauthorized)?;
        let identity = oidc.verify(bearer).await.map_err(|rejected| callers::rejected(&rejected))?;
        loans::lend(&app.sign_ins, &app.clock, caller, (bearer.to_owned(), identity.expires)).await
    } else {
        let Caller { subject, name, email, .. } = caller;
        links(&app)?.short_code(subject, name, email).await
    };
    let (code, expires) = code.map_err(|error| Problem::fault(&*error))?;
    Ok((StatusCode::CREATED, Json(WindowCode { code, expires })))
}

/// Begins a session with the code of a link, or one for another window.
#[utoipa::path(post, path = "/sessions", security(()), request_body = LinkCode, responses((status = 201, body = Tokens), Failures))]
async fn begin_session(
    State(app): State<App>,
    Peer(from): Peer,
    Json(body): Json<LinkCode>,
) -> Result<(StatusCode, Json<Tokens>), Problem> {
    let session = match &app.access.sign_in {
        SignIn::Issuers(_) => loans::borrow(&app.sign_ins, &app.clock, &body.code).await,
        SignIn::Links(_) | SignIn::None => links(&app)?.begin(&body.code).await,
    };
    let session = session.map_err(|error| refused(&app, from, error))?;
    Ok((StatusCode::CREATED, Json(session.into())))
}

/// Continues a session: new tokens for the newest refresh token. One that was used before ends the session.
#[utoipa::path(post, path = "/sessions/refresh", security(()), request_body = Refresh, responses((status = 200, body = Tokens), Failures))]
async fn refresh_session(
    State(app): State<App>,
    Peer(from): Peer,
    Json(body): Json<Refresh>,
) -> Result<Json<Tokens>, Problem> {
    let session = links(&app)?.go_on_with(&body.refresh_token).await;
    Ok(Json(session.map_err(|error| refused(&app, from, error))?.into()))
}

/// Ends a session.
#[utoipa::path(post, path = "/sessions/end", security(()), request_body = Refresh, responses((status = 204), Failures))]
async fn end_session(
    State(app): State<App>,
    Peer(from): Peer,
    Json(body): Json<Refresh>,
) -> Result<NoContent, Problem> {
    links(&app)?.end(&body.refresh_token).await.map_err(|error| refused(&app, from, error))?;
    Ok(NoContent)
}

/// The same answer whatever was wrong; and guessing is counted.
fn refused(app: &App, from: std::net::IpAddr, error: NoSession) -> Problem {
    match error {
        NoSession::Invalid => match app.access.limits.failure(from) {
            Ok(()) => {
                Problem::new(Kind::Unauthorized, "it is not valid, was used already, or has expired; sign in anew")
            }
            Err(too_many) => too_many,
        },
        NoSession::Store(error) => error.into(),
        NoSession::Fault(text) => Problem::fault(&*anyhow::anyhow!(text)),
    }
}
