//! API tokens.

use std::process::ExitCode;

use copydesk_schema::access::TokenInfo;
use copydesk_schema::{Actor, Locale, Timestamp, TokenId};
use reqwest::Method;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::api::Api;
use crate::args::{CreateToken, ListTokens, RevokeToken};
use crate::report;

#[derive(Deserialize, Serialize)]
#[expect(clippy::struct_field_names, reason = "the API's words")]
struct Token {
    token: TokenId,
    #[serde(flatten)]
    info: TokenInfo,
    used: Option<Timestamp>,
    by: Option<Actor>,
    at: Option<Timestamp>,
}

#[derive(Deserialize, Serialize)]
struct FreshToken {
    secret: String,
    #[serde(flatten)]
    token: Token,
}

pub(super) async fn create(api: &Api, args: CreateToken) -> anyhow::Result<ExitCode> {
    let CreateToken { target, name, role, locales, expires } = args;
    let body = json!({ "name": name, "role": role, "locales": locales, "expires": expires });
    let fresh: FreshToken = api.write(Method::POST, &api.path("/tokens"), &body).await?;
    let plain =
        || format!("{}\nkeep it safe: it is not shown again; {} names it in lists", fresh.secret, fresh.token.token);
    report::print(target.service.json, &fresh, plain)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn list(api: &Api, args: &ListTokens) -> anyhow::Result<ExitCode> {
    let tokens: Vec<Token> = api.list(&api.path("/tokens")).await?;
    let plain = || match tokens.as_slice() {
        [] => "there are no tokens".to_owned(),
        tokens => tokens.iter().map(line).collect::<Vec<_>>().join("\n"),
    };
    report::print(args.target.service.json, &tokens, plain)?;
    Ok(ExitCode::SUCCESS)
}

fn line(token: &Token) -> String {
    let Token { token, info, used, by, .. } = token;
    let locales: Vec<&str> = info.grant.locales.iter().flatten().map(Locale::as_str).collect();
    let locales = if locales.is_empty() { String::new() } else { format!(" ({})", locales.join(", ")) };
    let used = used.map_or_else(|| "never used".to_owned(), |used| format!("last used {used}"));
    let expires = info.expires.map_or_else(String::new, |expires| format!(", until {expires}"));
    let by = by.as_ref().map_or_else(String::new, |by| format!(", made by {}", by.name));
    format!("{token}  {}{locales}  {}  {used}{expires}{by}", info.grant.role.name(), info.name)
}

pub(super) async fn revoke(api: &Api, args: &RevokeToken) -> anyhow::Result<ExitCode> {
    api.delete(&api.path(&format!("/tokens/{}", args.id))).await?;
    report::print(args.target.service.json, &json!({ "revoked": args.id }), || {
        format!("{} is worthless now", args.id)
    })?;
    Ok(ExitCode::SUCCESS)
}
