//! A cloud on this machine, and the template as a stack in it: MiniStack's gateway, functions, stream, schedule, edges.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use copydesk_process::Clock;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};

use super::ministack::Instead;
use super::passage::Passage;
use crate::command::functions::function;
use crate::support::engines::endpoint;
use crate::support::issuer::{Issuer, SigningKey};
use crate::support::receiver::Receiver;
use crate::support::soon;
use crate::support::temp::TempFolder;

const STACK: (&str, &str) = ("StackName", "copydesk");
/// Where its programs are at first.
pub(super) const FIRST: &str = "";
/// Who the API is for, as the issuer's tokens say it.
pub(super) const AUDIENCE: &str = "copydesk";

/// A cloud on this machine.
pub(super) struct Cloud {
    pub(super) address: String,
    http: reqwest::Client,
}

/// A stack in it.
pub(super) struct Stack {
    pub(super) cloud: Cloud,
    /// What each resource is called, by its name in the template.
    resources: BTreeMap<String, String>,
    /// What its edges are called: where visitors go, and where people write.
    delivery: String,
    studio: String,
    /// Who people are.
    key: SigningKey,
    pub(super) issuer: Issuer,
    /// What deployments are told of versions, in place of `CodeDeploy`.
    pub(super) deployments: Receiver,
    pub(super) passage: Passage,
}

impl Cloud {
    pub(super) fn here() -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { address: endpoint("COPYDESK_TEST_STACK"), http }
    }

    /// A request to a host of this cloud: hosts are told apart by name alone.
    pub(super) async fn ask(
        &self,
        host: &str,
        method: Method,
        path: &str,
        headers: &HeaderMap,
        body: Vec<u8>,
    ) -> Answer {
        let request = self.http.request(method, format!("{}{path}", self.address)).headers(headers.clone());
        let answer = request.header("host", host).body(body).send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        Answer { status, headers, text: answer.text().await.unwrap() }
    }

    pub(super) async fn put(&self, path: &str, body: Vec<u8>) {
        let answer = self.ask("s3.amazonaws.com", Method::PUT, path, &HeaderMap::new(), body).await;
        assert!(answer.status.is_success(), "{path}: {answer:?}");
    }

    /// A call of an API that speaks forms and XML.
    pub(super) async fn query(&self, service: &str, call: &[(&str, &str)]) -> String {
        let mut headers = signed(service);
        headers.insert(CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
        let form = reqwest::Url::parse_with_params("http://form", call).unwrap().query().unwrap().to_owned();
        let host = format!("{service}.us-east-1.amazonaws.com");
        let answer = self.ask(&host, Method::POST, "/", &headers, form.into_bytes()).await;
        assert!(answer.status.is_success(), "{:?}: {answer:?}", call[0]);
        answer.text
    }

    /// A call of an API that speaks JSON.
    pub(super) async fn json(&self, service: &str, target: &str, body: &Value) -> Answer {
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
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn json(&self) -> Value {
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

impl Stack {
    /// Makes the stack of these programs.
    pub(super) async fn create() -> Self {
        let (cloud, key) = (Cloud::here(), SigningKey::rsa("people"));
        let issuer = Issuer::start(&[&key]).await;
        let passage = Passage::start(&cloud.address).await;
        let deployments = Receiver::start().await;
        let (resources, delivery, studio) = Default::default();
        let mut stack = Self { cloud, resources, delivery, studio, key, issuer, deployments, passage };
        stack.cloud.put("/code", Vec::new()).await;
        stack.deploy("CreateStack", FIRST, &stack.template(FIRST, &[])).await;
        let list = stack.cloud.query("cloudformation", &[("Action", "DescribeStackResources"), STACK]).await;
        let names = elements(&list, "LogicalResourceId").into_iter().map(str::to_owned);
        stack.resources = names.zip(elements(&list, "PhysicalResourceId").into_iter().map(str::to_owned)).collect();
        (stack.delivery, stack.studio) = (stack.edge("Delivery").await, stack.edge("Studio").await);
        stack
    }

    /// Has it run a version of the programs, with these parameters: by which template.
    pub(super) async fn update(&self, version: &str, parameters: &[(&'static str, String)]) -> String {
        let template = self.template(version, parameters);
        self.deploy("UpdateStack", version, &template).await;
        template
    }

    /// The template that it is made of, for a version of the programs.
    pub(super) fn template(&self, version: &str, parameters: &[(&'static str, String)]) -> String {
        let instead = Instead {
            cloud: &self.cloud.address,
            issuer: &self.issuer.url,
            deployments: &self.deployments.url,
            passage: self.passage.port,
        };
        instead.template(&[&[("CodeVersion", version.to_owned())], parameters].concat())
    }

    /// Brings the programs to where a version has them, and makes or changes the stack.
    async fn deploy(&self, action: &str, version: &str, template: &str) {
        let cloud = &self.cloud;
        for name in ["server", "publisher", "popularity"] {
            let program = zipped(&function(&format!("copydesk-{name}-lambda")));
            cloud.put(&format!("/code/{version}{name}.zip"), program).await;
        }
        // It is too large to be sent with the call.
        cloud.put("/code/template.yaml", template.into()).await;
        let from = format!("{}/code/template.yaml", cloud.address);
        cloud.query("cloudformation", &[("Action", action), STACK, ("TemplateURL", &from)]).await;
        soon("the stack is there", async || {
            let stacks = cloud.query("cloudformation", &[("Action", "DescribeStacks"), STACK]).await;
            let status = elements(&stacks, "StackStatus").concat();
            assert!(!status.contains("FAILED") && !status.contains("ROLLBACK"), "{stacks}");
            matches!(status.as_str(), "CREATE_COMPLETE" | "UPDATE_COMPLETE").then_some(())
        })
        .await;
    }

    /// Whether there is such a stack.
    pub(super) async fn is_there(&self) -> bool {
        let list = self.cloud.query("cloudformation", &[("Action", "ListStacks")]).await;
        let (names, statuses) = (elements(&list, "StackName"), elements(&list, "StackStatus"));
        names.into_iter().zip(statuses).any(|(name, status)| name == STACK.1 && status != "DELETE_COMPLETE")
    }

    /// What the edges of a distribution are called.
    async fn edge(&self, distribution: &str) -> String {
        let path = format!("/2020-05-31/distribution/{}", self.name(distribution));
        let headers = signed("cloudfront");
        let found = self.cloud.ask("cloudfront.amazonaws.com", Method::GET, &path, &headers, Vec::new()).await;
        elements(&found.text, "DomainName")[0].to_owned()
    }

    pub(super) fn name(&self, resource: &str) -> &str {
        self.resources.get(resource).unwrap_or_else(|| panic!("no {resource}: {:?}", self.resources))
    }

    /// The access token of somebody who signed in.
    pub(super) fn token(&self, subject: &str) -> String {
        let now = Clock::system().now().0 / 1000;
        let claims = json!({ "iss": self.issuer.url, "sub": subject, "aud": AUDIENCE, "iat": now, "exp": now + 3600, "name": subject, "email": format!("{subject}@example.com"), "email_verified": true });
        self.key.token(&claims)
    }

    /// The version of a function that is called.
    pub(super) async fn version(&self, function: &str) -> String {
        let path = format!("{}/aliases/live", self.name(function));
        let alias = self.functions(Method::GET, &path, Value::Null).await;
        alias["FunctionVersion"].as_str().unwrap_or_else(|| panic!("{alias}")).to_owned()
    }

    /// A call of the API of functions.
    pub(super) async fn functions(&self, method: Method, path: &str, body: Value) -> Value {
        let path = format!("/2015-03-31/functions/{path}");
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let answer = self.cloud.ask("lambda.us-east-1.amazonaws.com", method, &path, &signed("lambda"), body).await;
        assert!(answer.status.is_success(), "{path}: {answer:?}");
        answer.json()
    }

    /// The variables of a function.
    pub(super) async fn variables(&self, function: &str) -> Value {
        let path = format!("{}/configuration", self.name(function));
        self.functions(Method::GET, &path, Value::Null).await["Environment"]["Variables"].take()
    }

    pub(super) async fn set_variables(&self, function: &str, variables: &Value) {
        let change = json!({ "Environment": { "Variables": variables } });
        self.functions(Method::PUT, &format!("{}/configuration", self.name(function)), change).await;
    }

    /// Makes a version of a function with these variables and has it tried, as a deployment does before it moves anybody:
    /// which version, and how it did.
    pub(super) async fn tried(&self, (function, trial): (&str, &str), variables: &Value) -> (String, String) {
        let name = self.name(function);
        self.set_variables(function, variables).await;
        let made = self.functions(Method::POST, &format!("{name}/versions"), json!({})).await;
        let version = made["Version"].as_str().unwrap().to_owned();

        let mut own = self.variables(trial).await;
        own["VERSION"] = json!(format!("{name}:{version}"));
        self.set_variables(trial, &own).await;
        let trial = self.name(trial);
        let call = json!({ "DeploymentId": "d-1", "LifecycleEventHookExecutionId": version });
        let answer = self.functions(Method::POST, &format!("{trial}/invocations"), call).await;
        let told = self.deployments.all().pop().unwrap_or_else(|| panic!("no deployment was told: {answer}"));
        assert_eq!(told.headers["x-amz-target"], "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus");
        let told = told.json();
        assert_eq!((&told["deploymentId"], &told["lifecycleEventHookExecutionId"]), (&json!("d-1"), &json!(version)));
        (version, told["status"].as_str().unwrap().to_owned())
    }

    /// Asks the API by its gateway.
    pub(super) async fn api(
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
    pub(super) async fn delivered(&self, path: &str) -> Answer {
        self.from(&self.delivery, path, &[("origin", "https://www.example.com")]).await
    }

    /// What somebody who writes gets from the studio's edges.
    pub(super) async fn studio(&self, who: &str, path: &str) -> Answer {
        self.from(&self.studio, path, &[("authorization", &format!("Bearer {who}"))]).await
    }

    async fn from(&self, edge: &str, path: &str, headers: &[(&'static str, &str)]) -> Answer {
        // By way of TLS.
        let headers = headers.iter().chain(&[("x-forwarded-proto", "https")]);
        let headers = headers.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        self.cloud.ask(edge, Method::GET, path, &headers, Vec::new()).await
    }
}
