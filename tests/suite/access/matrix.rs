//! Every route × every credential × own, foreign and missing projects. The table is written here a second
//! time, on purpose: a rule that changes has to be changed twice.

use std::collections::{BTreeMap, BTreeSet};

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Client, TestSystem};

/// Who gets through: `v`iewer, `e`ditor of this locale, editor `o`f any, editor of `a`ll, `p`ublisher of this locale, publisher
/// of any (`q`), publisher of all (`P`), ad`m`in; `w`hoever got a preview link, and viewers. API tokens of the same roles get through as people do, unless
/// the line says `person`.
const ROUTES: &str = "
get /v1/projects/{project}                                       v
patch /v1/projects/{project}                                     m
delete /v1/projects/{project}                                    m person
get /v1/projects/{project}/usage                                 v
post /v1/projects/{project}/leave                                v
get /v1/projects/{project}/members                               m
put /v1/projects/{project}/members/{subject}                     m person
delete /v1/projects/{project}/members/{subject}                  m person
get /v1/projects/{project}/invitations                           m
post /v1/projects/{project}/invitations                          m person
delete /v1/projects/{project}/invitations/{invitation}           m person
get /v1/projects/{project}/tokens                                m
post /v1/projects/{project}/tokens                               m person
delete /v1/projects/{project}/tokens/{token}                     m person
get /v1/projects/{project}/hooks                                 m
post /v1/projects/{project}/hooks                                m person
put /v1/projects/{project}/hooks/{hook}                          m person
delete /v1/projects/{project}/hooks/{hook}                       m person
post /v1/projects/{project}/hooks/{hook}/secret                  m person
get /v1/projects/{project}/hooks/{hook}/deliveries               m
post /v1/projects/{project}/hooks/{hook}/deliveries/{delivery}/replay m
get /v1/projects/{project}/locales                               v
put /v1/projects/{project}/locales/{locale}                      m
delete /v1/projects/{project}/locales/{locale}                   m
get /v1/projects/{project}/pages                                 v
get /v1/projects/{project}/pages/{page}                          v
put /v1/projects/{project}/pages/{page}                          a
delete /v1/projects/{project}/pages/{page}                       a
get /v1/projects/{project}/pages/{page}/entries                  v
patch /v1/projects/{project}/pages/{page}/entries                a
put /v1/projects/{project}/pages/{page}/entries/{key}            a
put /v1/projects/{project}/pages/{page}/next                     a
post /v1/projects/{project}/pages/{page}/rename                  a
post /v1/projects/{project}/pages/{page}/entries/{key}/rename    a
delete /v1/projects/{project}/pages/{page}/entries/{key}         a
get /v1/projects/{project}/drafts/{locale}/{page}                v
patch /v1/projects/{project}/drafts/{locale}/{page}              e
get /v1/projects/{project}/drafts/{locale}/{page}/{key}          v
put /v1/projects/{project}/drafts/{locale}/{page}/{key}          e
delete /v1/projects/{project}/drafts/{locale}/{page}/{key}       e
get /v1/projects/{project}/drafts/{locale}/{page}/{key}/history  v
post /v1/projects/{project}/drafts/{locale}/{page}/{key}/preview v
post /v1/projects/{project}/drafts/{locale}/{page}/{key}/restore e
get /v1/projects/{project}/previews                              w
post /v1/projects/{project}/previews                             o
delete /v1/projects/{project}/previews/{token}                   o
get /v1/projects/{project}/previews/{locale}/{page}              w
post /v1/projects/{project}/site-check                            o
put /v1/projects/{project}/presence                              v
post /v1/projects/{project}/files                                o
get /v1/projects/{project}/files/{locale}/{page}                 v
get /v1/projects/{project}/changes                               v
get /v1/projects/{project}/checks                                v
get /v1/projects/{project}/log                                   v
get /v1/projects/{project}/search                                v
get /v1/projects/{project}/releases                              v
post /v1/projects/{project}/releases                             p
get /v1/projects/{project}/releases/requests                     v
get /v1/projects/{project}/releases/requests/{request}           v
delete /v1/projects/{project}/releases/requests/{request}        q
get /v1/projects/{project}/releases/{release}                    v
post /v1/projects/{project}/releases/{release}/activate          P
get /v1/projects/{project}/releases/{release}/diff/{other}       v
";

/// Routes outside of projects: who gets through, and what nobody may.
const OTHERS: &[(&str, &str, Needs)] = &[
    ("get", "/v1/sign-in", Needs::Nothing),
    ("post", "/v1/sign-in-links", Needs::Owner),
    ("post", "/v1/sessions", Needs::Nothing),
    ("post", "/v1/sessions/codes", Needs::Person),
    ("post", "/v1/sessions/refresh", Needs::Nothing),
    ("post", "/v1/sessions/end", Needs::Nothing),
    ("post", "/v1/sessions/issuers/{issuer}", Needs::Nothing),
    ("post", "/v1/sessions/issuers/{issuer}/refresh", Needs::Nothing),
    ("post", "/v1/sessions/issuers/{issuer}/end", Needs::Nothing),
    ("get", "/v1/me", Needs::Credential),
    ("post", "/v1/me/invitations", Needs::Person),
    ("get", "/v1/projects", Needs::Credential),
    ("post", "/v1/projects", Needs::Person),
];

/// What ends that anybody else gets through: those who may are asked in a test of their own.
const ENDING: [(&str, &str); 2] = [("post", "/v1/projects/{project}/leave"), ("delete", "/v1/projects/{project}")];

#[derive(Clone, Copy, PartialEq)]
enum Needs {
    Nothing,
    Credential,
    Person,
    Owner,
}

struct Who {
    name: String,
    client: Client,
    /// What they may in the project, as the table's letters; none for strangers.
    may: &'static str,
    token: bool,
    /// Where that is.
    home: &'static str,
}

/// Everything that a role's letter includes, for a locale within or outside of its limits.
fn gets_through(may: &str, needed: &str, locale: &str) -> bool {
    let here = locale == "de";
    match may {
        "w" => needed == "w",
        "v" => matches!(needed, "v" | "w"),
        "e" => matches!(needed, "v" | "w" | "o") || (needed == "e" && here),
        "a" => matches!(needed, "v" | "w" | "o" | "e" | "a"),
        // A publisher is an editor, too; within the same limits.
        "p" => matches!(needed, "v" | "w" | "o" | "q") || (matches!(needed, "e" | "p") && here),
        "P" => needed != "m",
        "m" => true,
        _ => false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_lets_those_through_whom_it_should() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    for project in ["acme", "other"] {
        owner.project(project, &["en", "de", "fr"], &[("home", &["title"])]).await;
    }
    let people = people(owner).await;
    let routes = listed();
    let described = described(owner).await;
    let known: BTreeSet<(String, String)> = routes
        .iter()
        .map(|(method, path, ..)| (method.clone(), path.clone()))
        .chain(OTHERS.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())))
        .collect();
    assert_eq!(described, known, "every route is in the matrix, and nothing else");

    let mut asked = 0;
    let mut wrong = Vec::new();
    for (method, path, needed, person) in &routes {
        for who in &people {
            for project in ["acme", "other", "missing"] {
                for locale in ["de", "fr"] {
                    let member = project == who.home && !who.may.is_empty();
                    let expected = match () {
                        () if who.may == "nobody" => "401",
                        () if who.may == "owner" => "through",
                        // The same answer for a project of others and for one that is not there.
                        () if !member => "404",
                        () if !gets_through(who.may, needed, locale) || (*person && who.token) => "403",
                        () => "through",
                    };
                    if expected == "through" && ENDING.contains(&(method.as_str(), path.as_str())) {
                        continue;
                    }
                    let answer = ask(&who.client, method, path, project, locale).await;
                    let missing = answer.body["detail"] == json!(format!("there is no project {project}"));
                    let found = match answer.status.as_u16() {
                        401 => "401",
                        403 => "403",
                        404 if missing => "404",
                        _ => "through",
                    };
                    // The owner, too, is told that there is no such project.
                    let hidden = project == "missing" && expected == "through" && found == "404";
                    if found != expected && !hidden {
                        wrong.push(format!(
                            "{method} {path} by {} in {project}/{locale}: {found} {}, not {expected}",
                            who.name, answer.body
                        ));
                    }
                    assert!(answer.status.as_u16() < 500, "{method} {path}: {}", answer.body);
                    asked += 1;
                }
            }
        }
    }
    for (method, path, needs) in OTHERS {
        for who in &people {
            let answer = ask(&who.client, method, path, "acme", "de").await;
            let expected = match needs {
                Needs::Nothing => true,
                _ if who.may == "nobody" => false,
                Needs::Credential => who.may != "w",
                Needs::Person => !who.token,
                Needs::Owner => who.may == "owner",
            };
            let refused = match needs {
                // Whoever begins a session without a good code is refused for that.
                Needs::Nothing => false,
                _ => matches!(answer.status.as_u16(), 401 | 403),
            };
            if refused == expected {
                wrong.push(format!("{method} {path} by {}: {}", who.name, answer.body));
            }
            asked += 1;
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong.join("\n"));
    println!("{asked} requests of {} people to {} routes", people.len(), described.len());
    system.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_member_may_leave_and_admins_may_delete() {
    let system = TestSystem::start().await;
    let owner = &system.client;
    for (name, _, grant) in grants() {
        let project = name.replace(' ', "-");
        owner.project(&project, &["en", "de"], &[]).await;
        let member = owner.member(&project, "ada@example.com", grant).await;
        member.get(&format!("/projects/{project}")).await.expect(200);
        member.post(&format!("/projects/{project}/leave"), json!({})).await.expect(204);
        member.get(&format!("/projects/{project}")).await.problem(404, "not-found");
    }
    for project in ["by-owner", "by-member"] {
        owner.project(project, &["en"], &[]).await;
        let member = owner.member(project, "ada@example.com", json!({ "role": "admin" })).await;
        let who = if project == "by-owner" { owner } else { &member };
        who.delete(&format!("/projects/{project}")).await.expect(204);
        owner.get(&format!("/projects/{project}")).await.problem(404, "not-found");
    }
    system.stop().await;
}

/// What somebody may be granted, as the table's letters.
fn grants() -> [(&'static str, &'static str, Value); 6] {
    [
        ("viewer", "v", json!({ "role": "viewer" })),
        ("editor of de", "e", json!({ "role": "editor", "locales": ["de"] })),
        ("editor", "a", json!({ "role": "editor" })),
        ("publisher of de", "p", json!({ "role": "publisher", "locales": ["de"] })),
        ("publisher", "P", json!({ "role": "publisher" })),
        ("admin", "m", json!({ "role": "admin" })),
    ]
}

async fn people(owner: &Client) -> Vec<Who> {
    let who = |name: &str, client: Client, may, token| Who { name: name.to_owned(), client, may, token, home: "acme" };
    let mut people = vec![
        who("nobody", owner.with(""), "nobody", false),
        who("the owner", owner.clone(), "owner", false),
        who("a made-up token", owner.with("cpd_000000000000_0000"), "nobody", true),
        who("a made-up JWT", owner.with("eyJhbGciOiJub25lIn0.eyJzdWIiOiJvd25lciJ9."), "nobody", false),
        who("a stranger", owner.person("stranger@example.com").await, "", false),
    ];
    for (name, may, grant) in grants() {
        let address = format!("{}@example.com", name.replace(' ', "-"));
        people.push(who(name, owner.member("acme", &address, grant.clone()).await, may, false));
        people.push(who(&format!("token of a {name}"), owner.api_token("acme", grant).await.0, may, true));
    }
    let other = owner.member("other", "member-of-other@example.com", json!({ "role": "admin" })).await;
    people.push(Who { home: "other", ..who("admin of the other project", other, "m", false) });
    let (script, _) = owner.api_token("other", json!({ "role": "admin" })).await;
    people.push(Who { home: "other", ..who("token of the other project", script, "m", true) });
    let link = owner.post("/projects/acme/previews", json!({})).await.expect(201).body;
    people.push(who("a preview link", owner.with(link["secret"].as_str().unwrap()), "w", true));
    people.push(who("expired token", expired(owner).await, "nobody", true));
    people.push(who("removed", removed(owner).await, "", false));
    people.push(who("revoked token", revoked(owner).await, "nobody", true));
    people
}

async fn expired(owner: &Client) -> Client {
    let soon = copydesk_process::Clock::system().now().plus_millis(50);
    let (client, _) = owner.api_token("acme", json!({ "role": "admin", "expires": soon })).await;
    let is_over = || async { (client.get("/me").await.status == 401).then_some(()) };
    crate::support::soon("it expires", is_over).await;
    client
}

async fn removed(owner: &Client) -> Client {
    let person = owner.member("acme", "removed@example.com", json!({ "role": "admin" })).await;
    owner.delete("/projects/acme/members/local:removed@example.com").await.expect(204);
    person
}

async fn revoked(owner: &Client) -> Client {
    let (client, id) = owner.api_token("acme", json!({ "role": "admin" })).await;
    client.get("/projects/acme").await.expect(200);
    owner.delete(&format!("/projects/acme/tokens/{id}")).await.expect(204);
    client
}

fn listed() -> Vec<(String, String, String, bool)> {
    let lines = ROUTES.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let person = words.get(3) == Some(&"person");
            (words[0].to_owned(), words[1].to_owned(), words[2].to_owned(), person)
        })
        .collect()
}

/// Every operation that the API says it has.
async fn described(owner: &Client) -> BTreeSet<(String, String)> {
    let description: Value =
        owner.http.get(format!("{}/openapi.json", owner.api)).send().await.unwrap().json().await.unwrap();
    let paths: BTreeMap<String, Value> = serde_json::from_value(description["paths"].clone()).unwrap();
    let methods = ["get", "put", "post", "patch", "delete"];
    let of = |(path, item): (&String, &Value)| -> Vec<(String, String)> {
        let has = methods.iter().filter(|method| item.get(**method).is_some());
        has.map(|method| ((*method).to_owned(), path.clone())).collect()
    };
    paths.iter().flat_map(of).collect()
}

/// Asks for something that changes nothing that matters to whoever asks after: what the path names besides the
/// project is not there, or the body is not what the route takes.
async fn ask(client: &Client, method: &str, path: &str, project: &str, locale: &str) -> crate::support::client::Answer {
    let names = [
        ("{project}", project),
        ("{locale}", locale),
        ("{subject}", "nobody"),
        ("{invitation}", "000000000000"),
        ("{token}", "000000000000"),
        ("{hook}", "000000000000"),
        ("{delivery}", "999999"),
        ("{page}", "missing"),
        ("{key}", "missing"),
        ("{request}", "999999"),
        ("{release}", "999999"),
        ("{other}", "999998"),
    ];
    let mut filled = path.strip_prefix("/v1").unwrap().to_owned();
    for (name, value) in names {
        filled = filled.replace(name, value);
    }
    let body = match (method, path) {
        ("get", _) => None,
        // Only the scope decides who may publish; the note is too long for anybody.
        ("post", path) if path.ends_with("/releases") => Some(json!({ "locales": [locale], "note": "x".repeat(9000) })),
        ("post", path) if path.ends_with("/leave") => None,
        ("put", path) if path.ends_with("/next") => Some(json!({ "next": [] })),
        ("put", path) if path.ends_with("/locales/{locale}") => Some(json!({ "name": "" })),
        ("delete", path) if path.ends_with("/locales/{locale}") => {
            filled = filled.replace(&format!("/locales/{locale}"), "/locales/tlh");
            None
        }
        _ => Some(json!({ "not": "this" })),
    };
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
    client.send(method, &filled, &[("if-match", "\"1\"")], body).await
}
