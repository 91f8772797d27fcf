//! The template as a stack that runs: on MiniStack, with its gateway, its functions, its stream, its schedule, its edges.
//!
//! What MiniStack does not know is taken out of the template first, each with its reason; all else is as it is deployed.

use std::collections::BTreeMap;
use std::ops::RangeBounds;
use std::path::Path;
use std::process::Command;

use copydesk_process::Clock;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use serde_yaml_ng::Value as Yaml;

use super::TEMPLATE;
use crate::command::functions::function;
use crate::command::process::binary;
use crate::support::engines::endpoint;
use crate::support::issuer::{Issuer, SigningKey};
use crate::support::receiver::Receiver;
use crate::support::soon;
use crate::support::temp::TempFolder;

const STACK: (&str, &str) = ("StackName", "copydesk");
/// Where its programs are, and where those of a later version.
const FIRST: &str = "";
const LATER: &str = "later/";
/// Another table, for when the stack's own goes back in time.
const RESTORED: &str = "copydesk-restored";
/// Who the API is for, as the issuer's tokens say it.
const AUDIENCE: &str = "copydesk";

/// A cloud on this machine.
struct Cloud {
    address: String,
    http: reqwest::Client,
}

/// A stack in it.
struct Stack {
    cloud: Cloud,
    /// What each resource is called, by its name in the template.
    resources: BTreeMap<String, String>,
    /// Where visitors go.
    edge: String,
    /// Who people are.
    key: SigningKey,
    issuer: Issuer,
    /// What deployments are told of versions, in place of `CodeDeploy`.
    deployments: Receiver,
}

impl Cloud {
    fn here() -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { address: endpoint("COPYDESK_TEST_STACK"), http }
    }

    /// A request to a host of this cloud: hosts are told apart by name alone.
    async fn ask(&self, host: &str, method: Method, path: &str, headers: &HeaderMap, body: Vec<u8>) -> Answer {
        let request = self.http.request(method, format!("{}{path}", self.address)).headers(headers.clone());
        let answer = request.header("host", host).body(body).send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        Answer { status, headers, text: answer.text().await.unwrap() }
    }

    async fn put(&self, path: &str, body: Vec<u8>) {
        let answer = self.ask("s3.amazonaws.com", Method::PUT, path, &HeaderMap::new(), body).await;
        assert!(answer.status.is_success(), "{path}: {answer:?}");
    }

    /// A call of an API that speaks forms and XML.
    async fn query(&self, service: &str, call: &[(&str, &str)]) -> String {
        let mut headers = signed(service);
        headers.insert(CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        let form = reqwest::Url::parse_with_params("http://form", call).unwrap().query().unwrap().to_owned();
        let host = format!("{service}.us-east-1.amazonaws.com");
        let answer = self.ask(&host, Method::POST, "/", &headers, form.into_bytes()).await;
        assert!(answer.status.is_success(), "{call:?}: {answer:?}");
        answer.text
    }

    /// A call of an API that speaks JSON.
    async fn json(&self, service: &str, target: &str, body: &Value) -> Answer {
        let mut headers = signed(service);
        headers.insert("x-amz-target", target.parse().unwrap());
        headers.insert(CONTENT_TYPE, "application/x-amz-json-1.0".parse().unwrap());
        let host = format!("{service}.us-east-1.amazonaws.com");
        self.ask(&host, Method::POST, "/", &headers, body.to_string().into_bytes()).await
    }
}

/// By which it is known whom a call is for; nobody looks at the signature itself.
fn signed(service: &str) -> HeaderMap {
    let scope = format!("test/20260101/us-east-1/{service}/aws4_request");
    let value = format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0");
    HeaderMap::from_iter([(AUTHORIZATION, value.parse().unwrap())])
}

#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }
}

/// The text of an element of XML, each time that it is there.
fn elements<'x>(xml: &'x str, name: &str) -> Vec<&'x str> {
    let (begin, end) = (format!("<{name}>"), format!("</{name}>"));
    xml.split(&begin).skip(1).filter_map(|rest| rest.split_once(&end)).map(|(text, _)| text).collect()
}

/// A program as it is uploaded.
fn zipped(program: &Path) -> Vec<u8> {
    let folder = TempFolder::new();
    let zip = folder.path().join("function.zip");
    let script = "import sys, zipfile; zipfile.ZipFile(sys.argv[2], 'w').write(sys.argv[1], 'bootstrap')";
    let done = Command::new("python3").args(["-c", script]).args([program, &zip]).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    std::fs::read(zip).unwrap()
}

/// The template as MiniStack can make it; `deployments` is where deployments are told how a version did.
fn template(cloud: &str, issuer: &str, deployments: &str, parameters: &[(&str, &str)]) -> String {
    let mut template: Yaml = serde_yaml_ng::from_str(TEMPLATE).unwrap();
    // Its transform sees what parameters are by default, and not what is given: that another one is another version.
    for (name, value) in [("Code", "code")].iter().chain(parameters) {
        template["Parameters"][*name]["Default"] = (*value).into();
    }
    let resources = &mut template["Resources"];
    // It has no budgets, and no deployments that move traffic little by little.
    resources.as_mapping_mut().unwrap().remove("Spent").unwrap();
    for function in ["Server", "Publisher"] {
        let properties = &mut resources[function]["Properties"];
        properties.as_mapping_mut().unwrap().remove("DeploymentPreference").unwrap();
        // Functions reach the cloud where it is.
        for endpoint in ["COPYDESK_DYNAMODB_ENDPOINT", "COPYDESK_S3_ENDPOINT"] {
            properties["Environment"]["Variables"][endpoint] = cloud.into();
        }
    }
    // It has no deployments to tell.
    resources["Trial"]["Properties"]["Environment"]["Variables"]["AWS_ENDPOINT_URL_CODEDEPLOY"] = deployments.into();
    // The pool's tokens name an address of Amazon's, where keys would be asked for: people come from an issuer here.
    let people = &mut resources["ApiPeople"]["Properties"]["JwtConfiguration"];
    people["Issuer"] = issuer.into();
    people["Audience"] = vec![Yaml::from(AUDIENCE)].into();
    let issuers = json!([{ "name": "people", "kind": "generic", "issuer": issuer, "audiences": [AUDIENCE], "clients": ["studio"] }]);
    let variables = &mut resources["Server"]["Properties"]["Environment"]["Variables"];
    variables["COPYDESK_ISSUERS"] = issuers.to_string().into();
    // Its edges speak to their buckets without TLS.
    for policy in ["DeliveredPolicy", "SourcesPolicy"] {
        let statements = resources[policy]["Properties"]["PolicyDocument"]["Statement"].as_sequence_mut().unwrap();
        let before = statements.len();
        statements.retain(|one| one["Condition"]["Bool"]["aws:SecureTransport"].is_null());
        assert_eq!(statements.len() + 1, before, "{policy}");
    }
    serde_yaml_ng::to_string(&template).unwrap()
}

/// Brings the programs to where a version has them, and makes or changes the stack.
async fn deploy(cloud: &Cloud, action: &str, template: &str, version: &str) {
    for (program, name) in [("copydesk-server-lambda", "server.zip"), ("copydesk-publisher-lambda", "publisher.zip")] {
        cloud.put(&format!("/code/{version}{name}"), zipped(&function(program))).await;
    }
    cloud.query("cloudformation", &[("Action", action), STACK, ("TemplateBody", template)]).await;
    soon("the stack is there", async || {
        let stacks = cloud.query("cloudformation", &[("Action", "DescribeStacks"), STACK]).await;
        let status = elements(&stacks, "StackStatus").concat();
        assert!(!status.contains("FAILED") && !status.contains("ROLLBACK"), "{stacks}");
        matches!(status.as_str(), "CREATE_COMPLETE" | "UPDATE_COMPLETE").then_some(())
    })
    .await;
}

impl Stack {
    /// Makes the stack of these programs.
    async fn create() -> Self {
        let (cloud, key) = (Cloud::here(), SigningKey::rsa("people"));
        let issuer = Issuer::start(&[&key]).await;
        cloud.put("/code", Vec::new()).await;
        let deployments = Receiver::start().await;
        let template = template(&cloud.address, &issuer.url, &deployments.url, &[]);
        deploy(&cloud, "CreateStack", &template, FIRST).await;
        let list = cloud.query("cloudformation", &[("Action", "DescribeStackResources"), STACK]).await;
        let names = elements(&list, "LogicalResourceId").into_iter().map(str::to_owned);
        let resources: BTreeMap<_, _> =
            names.zip(elements(&list, "PhysicalResourceId").into_iter().map(str::to_owned)).collect();
        let path = format!("/2020-05-31/distribution/{}", resources["Delivery"]);
        let delivery =
            cloud.ask("cloudfront.amazonaws.com", Method::GET, &path, &signed("cloudfront"), Vec::new()).await;
        let edge = elements(&delivery.text, "DomainName")[0].to_owned();
        Self { cloud, resources, edge, key, issuer, deployments }
    }

    /// Has it run a version of the programs, with these parameters.
    async fn update(&self, version: &str, parameters: &[(&str, &str)]) {
        let parameters = [&[("CodeVersion", version)], parameters].concat();
        let template = template(&self.cloud.address, &self.issuer.url, &self.deployments.url, &parameters);
        deploy(&self.cloud, "UpdateStack", &template, version).await;
    }

    fn name(&self, resource: &str) -> &str {
        self.resources.get(resource).unwrap_or_else(|| panic!("no {resource}: {:?}", self.resources))
    }

    /// The access token of somebody who signed in.
    fn token(&self, subject: &str) -> String {
        let now = Clock::system().now().0 / 1000;
        let claims = json!({ "iss": self.issuer.url, "sub": subject, "aud": AUDIENCE, "iat": now, "exp": now + 3600, "name": subject });
        self.key.token(&claims)
    }

    /// The version of a function that is called.
    async fn version(&self, function: &str) -> String {
        let path = format!("{}/aliases/live", self.name(function));
        let alias = self.functions(Method::GET, &path, Value::Null).await;
        alias["FunctionVersion"].as_str().unwrap_or_else(|| panic!("{alias}")).to_owned()
    }

    /// A call of the API of functions.
    async fn functions(&self, method: Method, path: &str, body: Value) -> Value {
        let path = format!("/2015-03-31/functions/{path}");
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let answer = self.cloud.ask("lambda.us-east-1.amazonaws.com", method, &path, &signed("lambda"), body).await;
        assert!(answer.status.is_success(), "{path}: {answer:?}");
        answer.json()
    }

    /// The variables of a function.
    async fn variables(&self, function: &str) -> Value {
        let path = format!("{}/configuration", self.name(function));
        self.functions(Method::GET, &path, Value::Null).await["Environment"]["Variables"].take()
    }

    async fn set_variables(&self, function: &str, variables: &Value) {
        let change = json!({ "Environment": { "Variables": variables } });
        self.functions(Method::PUT, &format!("{}/configuration", self.name(function)), change).await;
    }

    /// Makes a version of the server with these variables and has it tried, as a deployment does before it moves anybody:
    /// which version, and how it did.
    async fn tried(&self, variables: &Value) -> (String, String) {
        let (server, trial) = (self.name("Server"), self.name("Trial"));
        self.set_variables("Server", variables).await;
        let made = self.functions(Method::POST, &format!("{server}/versions"), json!({})).await;
        let version = made["Version"].as_str().unwrap().to_owned();

        let mut own = self.variables("Trial").await;
        own["VERSION"] = json!(format!("{server}:{version}"));
        self.set_variables("Trial", &own).await;
        let call = json!({ "DeploymentId": "d-1", "LifecycleEventHookExecutionId": version });
        let answer = self.functions(Method::POST, &format!("{trial}/invocations"), call).await;
        let told = self.deployments.all().pop().unwrap_or_else(|| panic!("no deployment was told: {answer}"));
        assert_eq!(told.headers["x-amz-target"], "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus");
        let told = told.json();
        assert_eq!((&told["deploymentId"], &told["lifecycleEventHookExecutionId"]), (&json!("d-1"), &json!(version)));
        (version, told["status"].as_str().unwrap().to_owned())
    }

    /// Asks the API by its gateway.
    async fn api(
        &self,
        who: &str,
        method: Method,
        path: &str,
        headers: &[(&'static str, &str)],
        body: Value,
    ) -> Answer {
        let host = format!("{}.execute-api.localhost", self.name("Api"));
        let mut all = HeaderMap::new();
        for (name, value) in headers.iter().copied().chain([("content-type", "application/json")]) {
            all.insert(name, value.parse().unwrap());
        }
        if !who.is_empty() {
            all.insert("authorization", format!("Bearer {who}").parse().unwrap());
        }
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        self.cloud.ask(&host, method, &format!("/v1{path}"), &all, body).await
    }

    /// What a visitor gets from an edge.
    async fn delivered(&self, path: &str) -> Answer {
        // As from a page of a site, by way of TLS.
        let headers = [("origin", "https://www.example.com"), ("x-forwarded-proto", "https")];
        let headers =
            headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).into_iter().collect();
        self.cloud.ask(&self.edge, Method::GET, path, &headers, Vec::new()).await
    }
}

/// Makes the table what the programs expect of one.
fn migrate(stack: &Stack) {
    let mut migrate = Command::new(binary());
    migrate.arg("migrate").env("COPYDESK_TABLE", stack.name("Table"));
    for (name, value) in [("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test"), ("AWS_REGION", "us-east-1")]
    {
        migrate.env(name, value);
    }
    let done = migrate.env("COPYDESK_DYNAMODB_ENDPOINT", &stack.cloud.address).output().unwrap();
    assert!(done.status.success(), "{done:?}");
}

/// What `copydesk deploy check` says: of each thing whether it is as expected, and what there is to say.
///
/// (The addresses of this cloud are names alone, so that nothing answers there.)
fn checked(stack: &Stack, as_deployed: bool) -> Value {
    let folder = TempFolder::new();
    let mut check = Command::new(binary());
    check.args(["deploy", "check", "--json"]);
    if as_deployed {
        let file = folder.path().join("template.yaml");
        let template = template(&stack.cloud.address, &stack.issuer.url, &stack.deployments.url, &[]);
        std::fs::write(&file, template).unwrap();
        check.arg("--template").arg(file);
    }
    let path = format!("{}:{}", endpoint("COPYDESK_TEST_AWS"), std::env::var("PATH").unwrap());
    check.env("PATH", path).env("AWS_ENDPOINT_URL", &stack.cloud.address).env("AWS_DEFAULT_REGION", "us-east-1");
    check.env("AWS_ACCESS_KEY_ID", "test").env("AWS_SECRET_ACCESS_KEY", "test");
    let done = check.env("COPYDESK_DYNAMODB_ENDPOINT", &stack.cloud.address).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{done:?}");
    let findings: Vec<Value> = serde_json::from_slice(&done.stdout).unwrap_or_else(|_| panic!("{done:?}"));
    let findings =
        findings.into_iter().map(|one| (one["what"].as_str().unwrap().to_owned(), json!([one["ok"], one["said"]])));
    findings.collect::<serde_json::Map<_, _>>().into()
}

/// A project with a text, made by somebody who signed in.
async fn project(stack: &Stack, who: &str) {
    let new = json!({ "project": "acme", "name": "Acme", "source": "en" });
    // The gateway lets nobody through here but people, and it knows them by the issuer's signature.
    let strangers = SigningKey::rsa("people").token(&json!({ "iss": stack.issuer.url, "sub": "eve", "aud": AUDIENCE }));
    for nobody in ["", "cpd_none", &strangers] {
        let answer = stack.api(nobody, Method::POST, "/projects", &[], new.clone()).await;
        assert_eq!((answer.status, answer.json()), (StatusCode::UNAUTHORIZED, json!({ "message": "Unauthorized" })));
    }
    // Elsewhere the server decides.
    let answer = stack.api("cpd_none", Method::GET, "/projects", &[], Value::Null).await;
    assert_eq!(
        (answer.status, &answer.json()["type"]),
        (StatusCode::UNAUTHORIZED, &json!("urn:copydesk:problem:unauthorized"))
    );

    let made = stack.api(who, Method::POST, "/projects", &[], new).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    for path in ["/projects/acme/pages/home", "/projects/acme/pages/home/entries/title"] {
        let made = stack.api(who, Method::PUT, path, &[], json!({})).await;
        assert!(made.status.is_success(), "{path}: {made:?}");
    }
}

async fn save(stack: &Stack, who: &str, value: &str) {
    let path = "/projects/acme/drafts/en/home/title";
    let version = stack.api(who, Method::GET, path, &[], Value::Null).await.json()["version"].as_u64();
    let tag = version.map_or("*".to_owned(), |version| format!("\"{version}\""));
    let condition = if version.is_some() { "if-match" } else { "if-none-match" };
    let saved = stack.api(who, Method::PUT, path, &[(condition, &tag)], json!({ "value": value })).await;
    assert!(saved.status.is_success(), "{saved:?}");
}

async fn ask_for(stack: &Stack, who: &str, path: &str, body: Value) {
    let asked = stack.api(who, Method::POST, &format!("/projects/acme/releases{path}"), &[], body).await;
    assert_eq!(asked.status, StatusCode::ACCEPTED, "{asked:?}");
}

/// The text of what is live, as a visitor has it, once it is one of these releases.
async fn live(stack: &Stack, releases: impl RangeBounds<u64>) -> String {
    let found = soon("it is delivered", async || {
        let live = stack.delivered("/acme/live.json").await;
        live.json()["release"].as_u64().is_some_and(|release| releases.contains(&release)).then_some(live)
    });
    let live = found.await.json();
    let file = format!("/acme/en/home.{}.json", live["pages"]["home"][0]);
    let page = stack.delivered(&file).await;
    for (name, value) in [
        ("cache-control", "public, max-age=31536000, immutable"),
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(page.headers.get(name).map(|found| found.to_str().unwrap()), Some(value), "{name} of {page:?}");
    }
    page.json()[1][1].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn server_and_publisher_run_apart_as_a_stack() {
    let stack = Stack::create().await;
    let waiting =
        json!([false, "run \"copydesk migrate\" for 1: create the table, its index of waiting jobs, and expiry"]);
    assert_eq!(checked(&stack, true)["table"], waiting);
    migrate(&stack);
    let as_deployed = checked(&stack, true);
    for what in ["stack", "template", "resources", "table"] {
        assert_eq!(as_deployed[what][0], true, "{as_deployed}");
    }
    // It is not this version's template.
    let template = &checked(&stack, false)["template"];
    let differences = template[1].as_str().unwrap();
    assert!(
        template[0] == false
            && differences.starts_with("differs in ApiPeople, Code, ")
            && differences.ends_with("; lacks Spent"),
        "{template}"
    );
    let ada = &stack.token("ada");
    project(&stack, ada).await;

    // What is asked for is published at once: the table's stream wakes the publisher.
    save(&stack, ada, "One").await;
    ask_for(&stack, ada, "", json!({})).await;
    assert_eq!(live(&stack, 1..=1).await, "One");
    save(&stack, ada, "Two").await;
    ask_for(&stack, ada, "", json!({})).await;
    assert_eq!(live(&stack, 2..=2).await, "Two");
    ask_for(&stack, ada, "/1/activate", Value::Null).await;
    assert_eq!(live(&stack, 1..=1).await, "One");

    canary(&stack, ada).await;
    let restored = restored(&stack, ada).await;
    let restored = [("RestoredTable", RESTORED), ("RestoredStream", restored.as_str())];

    // Another version, and back: what is live stays so, and what is saved is kept. (Its stream does not survive that.)
    let mut versions = vec![stack.version("Server").await];
    for version in [LATER, FIRST] {
        stack.update(version, &restored).await;
        versions.push(stack.version("Server").await);
        save(&stack, ada, &format!("After {version}")).await;
        assert_eq!(live(&stack, 5..).await, "Then");
    }
    assert!(versions.windows(2).all(|two| two[0] != two[1]), "{versions:?}");

    // Nobody gets at what is not delivered.
    for path in ["/acme/en/home.7.json", "/"] {
        assert!(stack.delivered(path).await.status.is_client_error(), "{path}");
    }

    // With all of ours gone, sites have their copy.
    let script = soon("the script says so too", async || {
        let script = stack.delivered("/acme/site.js").await.text;
        script.contains("\"release\":5,").then_some(script)
    });
    let script = script.await;
    remove_all_but_delivery(&stack).await;
    assert!(!stack.api(ada, Method::GET, "/projects", &[], Value::Null).await.status.is_success());
    assert_eq!(live(&stack, 5..).await, "Then");
    assert_eq!(stack.delivered("/acme/site.js").await.text, script);
}

/// A new version is used once it has shown that it saves, publishes and delivers; otherwise the one before stays.
async fn canary(stack: &Stack, who: &str) {
    let (before, mut own) = (stack.version("Server").await, stack.variables("Server").await);
    // The edges have no address here, only a name: it is fetched where they fetch.
    own["COPYDESK_DELIVERY_URL"] = json!(format!("{}/{}", stack.cloud.address, stack.name("Delivered")));
    // Amazon's deployments move people as they are told; this one is asked for by hand.
    let with = |name: &str, value: &str| {
        let mut variables = own.clone();
        variables[name] = json!(value);
        variables
    };
    let broken = [
        ("it cannot start", with("COPYDESK_RATE", "none")),
        ("it saves nothing", with("COPYDESK_TABLE", "none")),
        ("nothing is delivered where it looks", with("COPYDESK_DELIVERY_URL", "http://127.0.0.1:9")),
    ];
    for (what, variables) in &broken {
        assert_eq!(stack.tried(variables).await.1, "Failed", "{what}");
        assert_eq!(stack.version("Server").await, before, "{what}");
        save(stack, who, what).await;
    }
    let (version, said) = stack.tried(&with("COPYDESK_RATE", "50")).await;
    assert_eq!(said, "Succeeded");
    let path = format!("{}/aliases/live", stack.name("Server"));
    stack.functions(Method::PUT, &path, json!({ "FunctionVersion": version })).await;
    save(stack, who, "By the new version").await;
    assert_ne!(stack.version("Server").await, before);
    stack.set_variables("Server", &own).await;
}

/// The table goes back to an earlier point in time, which makes another one, and the stack goes on with that. Its stream.
async fn restored(stack: &Stack, who: &str) -> String {
    let cloud = &stack.cloud;
    let ask = async |target: &str, body: &Value| {
        let answer = cloud.json("dynamodb", &format!("DynamoDB_20120810.{target}"), body).await;
        assert!(answer.status.is_success(), "{target}: {answer:?}");
        answer.json()
    };
    save(stack, who, "Then").await;
    ask_for(stack, who, "", json!({})).await;
    assert_eq!(live(stack, 3..=3).await, "Then");
    let own = stack.name("Table");
    let restore = json!({ "SourceTableName": own, "TargetTableName": RESTORED, "UseLatestRestorableTime": true });
    ask("RestoreTableToPointInTime", &restore).await;
    save(stack, who, "Later").await;
    ask_for(stack, who, "", json!({})).await;
    assert_eq!(live(stack, 4..=4).await, "Later");

    // It comes without a stream.
    let stream = json!({ "TableName": RESTORED, "StreamSpecification": { "StreamEnabled": true, "StreamViewType": "KEYS_ONLY" } });
    ask("UpdateTable", &stream).await;
    let table = ask("DescribeTable", &json!({ "TableName": RESTORED })).await;
    let stream = table["Table"]["LatestStreamArn"].as_str().unwrap().to_owned();
    // Functions have other settings where their programs lie elsewhere, and not before.
    stack.update("restored/", &[("RestoredTable", RESTORED), ("RestoredStream", &stream)]).await;
    assert_eq!(live(stack, 4..=4).await, "Later", "sites go on with what was live");
    let draft = stack.api(who, Method::GET, "/projects/acme/drafts/en/home/title", &[], Value::Null).await;
    assert_eq!(draft.json()["value"], "Then");
    ask_for(stack, who, "", json!({})).await;
    // As the schedule does each minute; what was under way at that point in time is left alone until its lease has ended.
    let sweep = format!("{}/invocations", stack.name("Publisher"));
    soon("what was asked for is done", async || {
        stack.functions(Method::POST, &sweep, json!({ "copydesk": "sweep" })).await;
        let live = stack.delivered("/acme/live.json").await.json()["release"].as_u64();
        (live > Some(4)).then_some(())
    })
    .await;
    assert_eq!(live(stack, 5..).await, "Then");
    stream
}

/// Deletes what edits and publishes, and who may.
async fn remove_all_but_delivery(stack: &Stack) {
    let cloud = &stack.cloud;
    for function in ["Server", "Publisher"] {
        stack.functions(Method::DELETE, stack.name(function), Value::Null).await;
    }
    let table = json!({ "TableName": stack.name("Table") });
    // Not by mistake.
    let kept = cloud.json("dynamodb", "DynamoDB_20120810.DeleteTable", &table).await;
    assert!(!kept.status.is_success(), "{kept:?}");
    let open = json!({ "TableName": stack.name("Table"), "DeletionProtectionEnabled": false });
    for (target, body) in [("UpdateTable", &open), ("DeleteTable", &table)] {
        let done = cloud.json("dynamodb", &format!("DynamoDB_20120810.{target}"), body).await;
        assert!(done.status.is_success(), "{done:?}");
    }
    let pool = json!({ "UserPoolId": stack.name("Pool") });
    let gone = cloud.json("cognito-idp", "AWSCognitoIdentityProviderService.DeleteUserPool", &pool).await;
    assert!(gone.status.is_success(), "{gone:?}");
}
