//! What every request to the API passes: recognised, counted, and allowed by the route's rule.

use std::net::{IpAddr, SocketAddr};

use axum::RequestPartsExt as _;
use axum::extract::{MatchedPath, RawPathParams, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use copydesk_process::http::Peer;
use copydesk_schema::access::Grant;
use copydesk_schema::release::Scope;
use copydesk_schema::{Actor, Locale, ProjectId, Role};
use http::header::ALLOW;
use http::request::Parts;
use http::{Extensions, HeaderMap, HeaderValue};

use super::callers::{self, Caller};
use super::invitations;
use super::rules::{self, Needs, Reach};
use crate::problem::{Kind, Problem};
use crate::state::App;

/// What the caller may do in the path's project: for handlers whose rule looks into the body.
#[derive(Clone, Debug)]
pub(crate) struct Allowed(pub(crate) Grant);

impl Allowed {
    /// Whether the limits allow a scope.
    pub(crate) fn scope(&self, scope: &Scope) -> Result<(), Problem> {
        match &scope.locales {
            Some(locales) => locales.iter().try_for_each(|locale| self.locale(locale)),
            None => self.whole(),
        }
    }

    fn locale(&self, locale: &Locale) -> Result<(), Problem> {
        if self.0.covers(locale) {
            return Ok(());
        }
        Err(forbidden(format!("your role is limited to {}, and this is {locale}", self.limits())))
    }

    pub(crate) fn whole(&self) -> Result<(), Problem> {
        if self.0.locales.is_none() {
            return Ok(());
        }
        Err(forbidden(format!("your role is limited to {}, and this concerns all locales", self.limits())))
    }

    fn limits(&self) -> String {
        let locales: Vec<&str> = self.0.locales.iter().flatten().map(Locale::as_str).collect();
        locales.join(", ")
    }
}

fn forbidden(detail: impl Into<String>) -> Problem {
    Problem::new(Kind::Forbidden, detail)
}

/// Counts requests by the address they come from.
pub(crate) async fn count(State(app): State<App>, request: Request, next: Next) -> Result<Response, Problem> {
    let left = app.access.limits.address(address(&app, request.extensions(), request.headers()))?;
    let mut response = next.run(request).await;
    // What is left under the credential says more, where there is one.
    if !response.headers().contains_key("ratelimit") {
        response.headers_mut().extend(left);
    }
    Ok(response)
}

/// The address of the client: of the connection, or what the last trusted proxy saw.
pub(crate) fn address(app: &App, extensions: &Extensions, headers: &HeaderMap) -> IpAddr {
    let peer = extensions.get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0.ip());
    let Some(behind) = app.proxies.checked_sub(1) else { return peer };
    let seen = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let seen: Vec<&str> = seen.flat_map(|value| value.split(',')).map(str::trim).collect();
    seen.iter().rev().nth(behind).and_then(|address| read_address(address)).unwrap_or(peer)
}

/// Some proxies name the port, too.
fn read_address(text: &str) -> Option<IpAddr> {
    let with_port = || text.parse().ok().map(|address: SocketAddr| address.ip());
    text.parse().ok().or_else(with_port)
}

/// Lets those through whom the route's rule allows.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Result<Response, Problem> {
    let (mut parts, body) = request.into_parts();
    let path = parts.extensions.get::<MatchedPath>().map(|path| path.as_str().to_owned()).unwrap_or_default();
    let Some(rule) = rules::find(&parts.method, &path) else { return Err(not_known(&path)) };
    if rule.needs == Needs::Nothing {
        return Ok(next.run(Request::from_parts(parts, body)).await);
    }
    let from = address(&app, &parts.extensions, &parts.headers);
    let caller = match callers::recognise(&app, &parts.headers).await {
        Ok(caller) => caller,
        Err(problem) => {
            // Also where an issuer could not be asked: made-up keys look like that.
            app.access.limits.failure(from)?;
            return Err(problem);
        }
    };
    let left = app.access.limits.credential(caller.subject.as_str())?;
    let actor = caller.actor(request_id(&parts));
    if let Some(allowed) = authorise(&app, &mut parts, rule.needs, &caller, &actor).await? {
        parts.extensions.insert(allowed);
    }
    parts.extensions.insert(actor);
    parts.extensions.insert(caller);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    response.headers_mut().extend(left);
    Ok(response)
}

/// A method that no rule knows: whatever there is behind it, nobody gets there.
fn not_known(path: &str) -> Problem {
    let allowed = rules::methods(path);
    let detail = format!("this path knows {allowed}");
    let mut headers = HeaderMap::new();
    headers.extend(HeaderValue::try_from(allowed).ok().map(|allowed| (ALLOW, allowed)));
    Problem::new(Kind::MethodNotAllowed, detail).with_headers(headers)
}

fn request_id(parts: &Parts) -> &str {
    parts.headers.get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default()
}

async fn authorise(
    app: &App,
    parts: &mut Parts,
    needs: Needs,
    caller: &Caller,
    actor: &Actor,
) -> Result<Option<Allowed>, Problem> {
    let only_previews = || forbidden("a preview link opens previews and nothing else");
    let is_in_project = matches!(needs, Needs::Role(..) | Needs::Preview);
    if caller.is_preview() && !is_in_project {
        return Err(only_previews());
    }
    let (role, reach) = match needs {
        Needs::Nothing | Needs::Credential => return Ok(None),
        Needs::Person => return in_person(caller).map(|()| None),
        Needs::Owner if caller.is_owner() => return Ok(None),
        Needs::Owner => return Err(forbidden("only the owner may do this")),
        Needs::Role(role, reach) => (role, reach),
        Needs::Preview => (Role::Viewer, Reach::Any),
    };
    let params =
        parts.extract::<RawPathParams>().await.map_err(|error| Problem::new(Kind::BadRequest, error.body_text()))?;
    let param = |name| params.iter().find(|(key, _)| *key == name).map(|(_, value)| value).unwrap_or_default();
    let project: ProjectId = param("project").parse()?;
    let grant = grant(app, caller, &project, actor).await?;
    // The same for a project that is not there and for one of others.
    let grant = grant.ok_or_else(|| Problem::not_found(format!("project {project}")))?;
    if caller.is_preview() && needs != Needs::Preview {
        return Err(only_previews());
    }
    if grant.role < role {
        return Err(forbidden(format!("this needs the role {}; yours is {}", role.name(), grant.role.name())));
    }
    let allowed = Allowed(grant);
    match reach {
        Reach::Any | Reach::Body => {}
        Reach::Path => allowed.locale(&param("locale").parse()?)?,
        Reach::Whole => allowed.whole()?,
        Reach::Person => in_person(caller)?,
    }
    Ok(Some(allowed))
}

fn in_person(caller: &Caller) -> Result<(), Problem> {
    if caller.token.is_none() {
        return Ok(());
    }
    Err(forbidden("an API token may not do this; sign in"))
}

/// What a caller may do in a project; `None` when nothing.
async fn grant(app: &App, caller: &Caller, project: &ProjectId, actor: &Actor) -> Result<Option<Grant>, Problem> {
    if caller.is_owner() {
        return Ok(Some(Grant::of(Role::Admin)));
    }
    if let Some(token) = &caller.token {
        return Ok(callers::opens(token, project).then(|| token.grant.clone()));
    }
    let kept = &app.access.kept;
    let known = kept.grant(&app.reader, project, &caller.subject).await?;
    if known.is_some() || !invitations::accept(app, caller, project, actor).await? {
        return Ok(known);
    }
    // Also where another request of theirs accepted it at this moment, and has not forgotten yet what was known.
    kept.forget(project);
    Ok(kept.grant(&app.reader, project, &caller.subject).await?)
}
