//! Who may ask what. This table is the only authorisation; `docs/access.md` is made from it, and a
//! route that is not in it answers nobody.

use std::fmt::Write as _;

use copydesk_schema::Role;
use http::Method;

/// What a route asks of its caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// A credential that is valid.
    Credential,
    /// Somebody who signed in, or the owner; no API token.
    Person,
    /// The owner.
    Owner,
    /// At least this role in the project that the path names.
    Role(Role, Reach),
    /// Any role there, or a preview link.
    Preview,
}

/// What a limit to some locales means on a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Nothing: it is for everybody of that role.
    Any,
    /// The locale in the path has to be within the limit.
    Path,
    /// The locales in the body have to be; the handler looks.
    Body,
    /// It is only for those without a limit.
    Whole,
    /// The same, and not for API tokens.
    Person,
}

/// What one route asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The method.
    pub method: &'static str,
    /// The path, as the API's description spells it.
    pub path: &'static str,
    /// What it asks.
    pub needs: Needs,
}

const fn rule(method: &'static str, path: &'static str, needs: Needs) -> Rule {
    Rule { method, path, needs }
}

const fn role(role: Role, reach: Reach) -> Needs {
    Needs::Role(role, reach)
}

/// Every route of the API.
pub const RULES: &[Rule] = &[
    rule("GET", "/v1/sign-in", Needs::Nothing),
    rule("POST", "/v1/sign-in-links", Needs::Owner),
    rule("POST", "/v1/sessions", Needs::Nothing),
    rule("POST", "/v1/sessions/codes", Needs::Person),
    rule("POST", "/v1/sessions/refresh", Needs::Nothing),
    rule("POST", "/v1/sessions/end", Needs::Nothing),
    rule("POST", "/v1/sessions/issuers/{issuer}", Needs::Nothing),
    rule("POST", "/v1/sessions/issuers/{issuer}/refresh", Needs::Nothing),
    rule("POST", "/v1/sessions/issuers/{issuer}/end", Needs::Nothing),
    rule("GET", "/v1/me", Needs::Credential),
    rule("POST", "/v1/me/invitations", Needs::Person),
    rule("GET", "/v1/projects", Needs::Credential),
    rule("POST", "/v1/projects", Needs::Person),
    rule("GET", "/v1/projects/{project}", role(Role::Viewer, Reach::Any)),
    rule("PATCH", "/v1/projects/{project}", role(Role::Admin, Reach::Whole)),
    rule("DELETE", "/v1/projects/{project}", role(Role::Admin, Reach::Person)),
    rule("GET", "/v1/projects/{project}/usage", role(Role::Viewer, Reach::Any)),
    rule("POST", "/v1/projects/{project}/leave", role(Role::Viewer, Reach::Any)),
    rule("GET", "/v1/projects/{project}/members", role(Role::Admin, Reach::Whole)),
    rule("PUT", "/v1/projects/{project}/members/{subject}", role(Role::Admin, Reach::Person)),
    rule("DELETE", "/v1/projects/{project}/members/{subject}", role(Role::Admin, Reach::Person)),
    rule("GET", "/v1/projects/{project}/invitations", role(Role::Admin, Reach::Whole)),
    rule("POST", "/v1/projects/{project}/invitations", role(Role::Admin, Reach::Person)),
    rule("DELETE", "/v1/projects/{project}/invitations/{invitation}", role(Role::Admin, Reach::Person)),
    rule("GET", "/v1/projects/{project}/tokens", role(Role::Admin, Reach::Whole)),
    rule("POST", "/v1/projects/{project}/tokens", role(Role::Admin, Reach::Person)),
    rule("DELETE", "/v1/projects/{project}/tokens/{token}", role(Role::Admin, Reach::Person)),
    rule("GET", "/v1/projects/{project}/hooks", role(Role::Admin, Reach::Whole)),
    rule("POST", "/v1/projects/{project}/hooks", role(Role::Admin, Reach::Person)),
    rule("PUT", "/v1/projects/{project}/hooks/{hook}", role(Role::Admin, Reach::Person)),
    rule("DELETE", "/v1/projects/{project}/hooks/{hook}", role(Role::Admin, Reach::Person)),
    rule("POST", "/v1/projects/{project}/hooks/{hook}/secret", role(Role::Admin, Reach::Person)),
    rule("GET", "/v1/projects/{project}/hooks/{hook}/deliveries", role(Role::Admin, Reach::Whole)),
    rule("POST", "/v1/projects/{project}/hooks/{hook}/deliveries/{delivery}/replay", role(Role::Admin, Reach::Whole)),
    rule("GET", "/v1/projects/{project}/locales", role(Role::Viewer, Reach::Any)),
    rule("PUT", "/v1/projects/{project}/locales/{locale}", role(Role::Admin, Reach::Whole)),
    rule("DELETE", "/v1/projects/{project}/locales/{locale}", role(Role::Admin, Reach::Whole)),
    rule("GET", "/v1/projects/{project}/pages", role(Role::Viewer, Reach::Any)),
    rule("GET", "/v1/projects/{project}/pages/{page}", role(Role::Viewer, Reach::Any)),
    rule("PUT", "/v1/projects/{project}/pages/{page}", role(Role::Editor, Reach::Whole)),
    rule("DELETE", "/v1/projects/{project}/pages/{page}", role(Role::Editor, Reach::Whole)),
    rule("PUT", "/v1/projects/{project}/pages/{page}/next", role(Role::Editor, Reach::Whole)),
    rule("POST", "/v1/projects/{project}/pages/{page}/rename", role(Role::Editor, Reach::Whole)),
    rule("GET", "/v1/projects/{project}/pages/{page}/entries", role(Role::Viewer, Reach::Any)),
    rule("PATCH", "/v1/projects/{project}/pages/{page}/entries", role(Role::Editor, Reach::Whole)),
    rule("PUT", "/v1/projects/{project}/pages/{page}/entries/{key}", role(Role::Editor, Reach::Whole)),
    rule("DELETE", "/v1/projects/{project}/pages/{page}/entries/{key}", role(Role::Editor, Reach::Whole)),
    rule("POST", "/v1/projects/{project}/pages/{page}/entries/{key}/rename", role(Role::Editor, Reach::Whole)),
    rule("GET", "/v1/projects/{project}/drafts/{locale}/{page}", role(Role::Viewer, Reach::Any)),
    rule("PATCH", "/v1/projects/{project}/drafts/{locale}/{page}", role(Role::Editor, Reach::Path)),
    rule("GET", "/v1/projects/{project}/drafts/{locale}/{page}/{key}", role(Role::Viewer, Reach::Any)),
    rule("PUT", "/v1/projects/{project}/drafts/{locale}/{page}/{key}", role(Role::Editor, Reach::Path)),
    rule("DELETE", "/v1/projects/{project}/drafts/{locale}/{page}/{key}", role(Role::Editor, Reach::Path)),
    rule("GET", "/v1/projects/{project}/drafts/{locale}/{page}/{key}/history", role(Role::Viewer, Reach::Any)),
    rule("POST", "/v1/projects/{project}/drafts/{locale}/{page}/{key}/restore", role(Role::Editor, Reach::Path)),
    rule("POST", "/v1/projects/{project}/drafts/{locale}/{page}/{key}/preview", role(Role::Viewer, Reach::Any)),
    rule("GET", "/v1/projects/{project}/previews", Needs::Preview),
    rule("POST", "/v1/projects/{project}/previews", role(Role::Editor, Reach::Any)),
    rule("DELETE", "/v1/projects/{project}/previews/{token}", role(Role::Editor, Reach::Any)),
    rule("GET", "/v1/projects/{project}/previews/{locale}/{page}", Needs::Preview),
    rule("POST", "/v1/projects/{project}/site-check", role(Role::Editor, Reach::Any)),
    rule("PUT", "/v1/projects/{project}/presence", role(Role::Viewer, Reach::Any)),
    rule("POST", "/v1/projects/{project}/files", role(Role::Editor, Reach::Any)),
    rule("GET", "/v1/projects/{project}/files/{locale}/{page}", role(Role::Viewer, Reach::Any)),
    rule("GET", "/v1/projects/{project}/changes", role(Role::Viewer, Reach::Any)),
    rule("GET", "/v1/projects/{project}/checks", role(Role::Viewer, Reach::Any)),
    rule("GET", "/v1/projects/{project}/search", role(Role::Viewer, Reach::Any)),
    rule("GET", "/v1/projects/{project}/log", role(Role::Viewer, Reach::Any)),
    rule("GET", "/v1/projects/{project}/releases", role(Role::Viewer, Reach::Any)),
    rule("POST", "/v1/projects/{project}/releases", role(Role::Publisher, Reach::Body)),
    rule("GET", "/v1/projects/{project}/releases/requests", role(Role::Viewer, Reach::Any)),
    rule("GET", "/v1/projects/{project}/releases/requests/{request}", role(Role::Viewer, Reach::Any)),
    rule("DELETE", "/v1/projects/{project}/releases/requests/{request}", role(Role::Publisher, Reach::Body)),
    rule("GET", "/v1/projects/{project}/releases/{release}", role(Role::Viewer, Reach::Any)),
    rule("POST", "/v1/projects/{project}/releases/{release}/activate", role(Role::Publisher, Reach::Whole)),
    rule("GET", "/v1/projects/{project}/releases/{release}/diff/{other}", role(Role::Viewer, Reach::Any)),
];

/// The rule of a route. `HEAD` is `GET` without the body.
pub fn find(method: &Method, path: &str) -> Option<Rule> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    RULES.iter().find(|rule| rule.method == method && rule.path == path).copied()
}

/// The methods of a path, as `Allow` lists them.
pub fn methods(path: &str) -> String {
    let methods = RULES.iter().filter(|rule| rule.path == path).map(|rule| rule.method);
    let methods: Vec<&str> =
        methods.flat_map(|method| if method == "GET" { vec!["GET", "HEAD"] } else { vec![method] }).collect();
    methods.join(", ")
}

/// The table as Markdown.
pub fn table() -> String {
    let mut text = String::from("| route | who |\n| --- | --- |\n");
    for rule in RULES {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| `{} {}` | {} |", rule.method, rule.path, who(rule.needs));
    }
    text
}

fn who(needs: Needs) -> String {
    match needs {
        Needs::Nothing => "anybody".to_owned(),
        Needs::Credential => "anybody with a valid credential".to_owned(),
        Needs::Person => "anybody signed in; no API token".to_owned(),
        Needs::Owner => "the owner".to_owned(),
        Needs::Preview => "viewer, or a preview link".to_owned(),
        Needs::Role(role, reach) => {
            let limit = match reach {
                Reach::Any => "",
                Reach::Path | Reach::Body => ", within their locales",
                Reach::Whole => ", not limited to locales",
                Reach::Person => "; no API token",
            };
            // Admins are never limited to locales.
            let limit = if role == Role::Admin && reach == Reach::Whole { "" } else { limit };
            format!("{}{limit}", role.name())
        }
    }
}
