//! Requests made up from the served OpenAPI by Schemathesis, each answer held against it.
//!
//! A round is one run of Schemathesis on a server of its own, so that its seed alone says what
//! happens in it. Rounds follow each other until there were enough cases.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, anyhow, bail};
use copydesk_schema::delivered::sha256_hex;
use reqwest::Method;
use serde_json::{Value, json};

use crate::shell::{self, Background};
use crate::test::binary;
use crate::tools::{cached, debian};

/// At least so many cases.
const CASES: u64 = 20_000;
/// Rounds at the same time: Python uses one core each.
const TOGETHER: u64 = 2;
/// The seed of the first round; the following ones count on.
const SEED: u64 = 20_260_101;
/// More rounds than this mean that hardly any cases are made.
const MOST_ROUNDS: u64 = 20;
/// The other phases list what the schema says, whatever the seed: the first round has them.
const SEEDED_PHASES: &str = "fuzzing,stateful";
/// Operations of which no case needs to be accepted, with the reason beside each.
const UNREACHED: &[&str] = &[
    // People sign in by links there: no issuer is trusted. The studio's tests have one.
    "POST /v1/sessions/issuers/{issuer}",
    "POST /v1/sessions/issuers/{issuer}/refresh",
    "POST /v1/sessions/issuers/{issuer}/end",
];
/// The folder with the configuration.
const FOLDER: &str = "tests/schemathesis";

/// What was done.
#[derive(Default)]
pub(crate) struct Totals {
    cases: u64,
    rounds: u64,
    took: Duration,
    /// For each operation the valid cases that it accepted.
    accepted: BTreeMap<String, u64>,
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cases, rounds, took, accepted } = self;
        let (operations, valid) = (accepted.len(), accepted.values().sum::<u64>());
        let seconds = took.as_secs();
        write!(
            f,
            "Schemathesis: {cases} cases of {operations} operations, none failed; {valid} valid ones were accepted \
             ({rounds} rounds from seed {SEED}, {seconds} s)"
        )
    }
}

/// Tests until there were enough cases; fails with everything that is known of what failed.
pub(crate) fn run() -> anyhow::Result<Totals> {
    let python = python()?;
    let began = Instant::now();
    let mut totals = Totals::default();
    while totals.cases < CASES {
        if totals.rounds >= MOST_ROUNDS {
            bail!("{} rounds had only {} cases: raise max-examples in {FOLDER}", totals.rounds, totals.cases);
        }
        for report in together(&python, totals.rounds)? {
            totals.add(&report)?;
        }
    }
    totals.took = began.elapsed();
    totals.reached()?;
    println!("{totals}");
    Ok(totals)
}

/// Runs one round, such as one that failed.
pub(crate) fn replay(round: u64) -> anyhow::Result<()> {
    let python = python()?;
    self::round(&python, round).map(drop)
}

/// The interpreter of an environment that has Schemathesis.
fn python() -> anyhow::Result<PathBuf> {
    debian("python3", "--version", "python3-venv")?;
    let wanted = shell::root().join(FOLDER).join("requirements.txt");
    let pins = fs::read(&wanted).with_context(|| format!("{} cannot be read", wanted.display()))?;
    // Other pins are another environment.
    let digest = sha256_hex(&pins);
    let folder = cached(&format!("schemathesis-{digest:.12}"), |folder| {
        shell::run(Command::new("python3").args(["-m", "venv", "--copies", "venv"]).current_dir(folder))?;
        // Nothing that is not pinned, and nothing that has to be compiled.
        let exactly = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "-r"];
        let mut pip = Command::new("venv/bin/pip");
        shell::run(pip.arg("install").args(exactly).arg(&wanted).current_dir(folder))
            .context("Schemathesis needs Python 3.11 or newer")
    })?;
    // The environment was made under another name: it is called by its interpreter.
    Ok(folder.join("venv/bin/python"))
}

/// As many rounds as there are cores for.
fn together(python: &Path, first: u64) -> anyhow::Result<Vec<Value>> {
    std::thread::scope(|scope| {
        let rounds: Vec<_> =
            (first..first + TOGETHER).map(|number| scope.spawn(move || round(python, number))).collect();
        // All are waited for, so that no server is left behind.
        let ended: Vec<_> = rounds.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        ended.into_iter().map(|round| round.map_err(|_| anyhow!("a round panicked"))?).collect()
    })
}

/// One run on a server of its own; its report.
fn round(python: &Path, number: u64) -> anyhow::Result<Value> {
    let system = System::start(number)?;
    system.fill().context("the project cannot be made")?;
    let text = system.folder.join("schemathesis.txt");
    let output = File::create(&text)?;
    let mut command = system.schemathesis(python, number);
    let status = command.stdout(output.try_clone()?).stderr(output).status().context("Python cannot be run")?;
    let faults = system.faults()?;
    if !status.success() || !faults.is_empty() {
        let text = fs::read_to_string(&text)?;
        let seed = SEED + number;
        bail!(
            "{text}\nThe server's own log:\n{}\n\nSchemathesis ended with {status} (seed {seed}; again: \
             cargo xtask schemathesis {number}). Everything is kept in {}",
            faults.join("\n"),
            system.folder.display()
        );
    }
    let report = fs::read(system.folder.join("report.json")).context("Schemathesis wrote no report")?;
    let report = serde_json::from_slice(&report).context("the report cannot be read")?;
    system.remove()?;
    Ok(report)
}

/// A server with a project to test on.
struct System {
    folder: PathBuf,
    api: String,
    token: String,
    server: Background,
}

impl System {
    fn start(number: u64) -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("copydesk-schemathesis-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder)?;
        let (data, printed) = (folder.join("data"), folder.join("server.txt"));
        let mut command = Command::new(binary());
        command
            .args(["--listen", "127.0.0.1:0", "--delivery", "127.0.0.1:0", "--no-demo", "--data"])
            .arg(&data)
            // Every request names an address of its own: credentials that are no good are counted by it.
            .env("COPYDESK_PROXIES", "1")
            .stdout(File::create(&printed)?)
            .stderr(File::create(folder.join("server.log"))?);
        let mut server = Background::start(&mut command)?;
        let api = server.wait_until("Copydesk", || address(&fs::read_to_string(&printed).ok()?))?;
        let token = fs::read_to_string(data.join("owner-token")).context("there is no owner's token")?;
        let token = token.trim().to_owned();
        Ok(Self { folder, api, token, server })
    }

    /// Makes what `schemathesis.toml` names.
    fn fill(&self) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let http = reqwest::Client::new();
            for (method, path, body) in contents() {
                let request = http.request(method, format!("{}/v1/projects{path}", self.api)).bearer_auth(&self.token);
                // A release that is asked for is waited for.
                let answer = request.header("prefer", "wait=20").json(&body).send().await?;
                let (status, text) = (answer.status(), answer.text().await?);
                if !status.is_success() {
                    bail!("{path}: {status} {text}");
                }
            }
            Ok(())
        })
    }

    fn schemathesis(&self, python: &Path, number: u64) -> Command {
        let folder = shell::root().join(FOLDER);
        let mut command = Command::new(python);
        command
            .args(["-m", "schemathesis.cli", "--config-file"])
            .arg(folder.join("schemathesis.toml"))
            .args(["run", &format!("{}/openapi.json", self.api), "--no-color"])
            .args(["--seed", &(SEED + number).to_string()])
            .args(["--report", "json", "--report-json-path", "report.json"]);
        if number > 0 {
            command.args(["--phases", SEEDED_PHASES]);
        }
        command
            .env("COPYDESK_TOKEN", &self.token)
            .env("SCHEMATHESIS_HOOKS", folder.join("hooks.py"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .current_dir(&self.folder);
        command
    }

    /// The server's errors: also what went wrong behind an answer that was right.
    fn faults(&self) -> anyhow::Result<Vec<String>> {
        let log = fs::read_to_string(self.folder.join("server.log")).context("the server's log cannot be read")?;
        let known = |line: &&str| ["INFO", "WARN"].iter().any(|level| line.contains(&format!("\"level\":\"{level}\"")));
        Ok(log.lines().filter(|line| !known(line)).map(str::to_owned).collect())
    }

    /// Ends the server and takes away what it wrote.
    fn remove(self) -> anyhow::Result<()> {
        drop(self.server);
        Ok(fs::remove_dir_all(&self.folder)?)
    }
}

/// Where the API listens, by what the server prints once it does.
fn address(printed: &str) -> Option<String> {
    let line = printed.lines().find(|line| line.contains("API"))?;
    line.split_whitespace().find(|word| word.starts_with("http://")).map(str::to_owned)
}

/// The requests that fill an empty server: three pages in four locales, partly translated, and a release.
fn contents() -> Vec<(Method, String, Value)> {
    let mut requests =
        vec![(Method::POST, String::new(), json!({ "project": "acme", "name": "Acme", "source": "en" }))];
    for locale in ["de", "fr", "pt-BR"] {
        requests.push((Method::PUT, format!("/acme/locales/{locale}"), json!({})));
    }
    for page in ["pricing", "home", "shop--cart"] {
        requests.push((Method::PUT, format!("/acme/pages/{page}"), json!({ "note": "A page." })));
        let mut entries = vec![json!({ "key": "hero-title", "kind": "html" }), json!({ "key": "hero-lead" })];
        // A term belongs to one page.
        if page == "home" {
            entries.push(json!({ "key": "-brand", "max_length": 20 }));
        }
        requests.push((Method::PATCH, format!("/acme/pages/{page}/entries"), json!({ "entries": entries })));
        for locale in ["en", "de"] {
            let draft = |key: &str, value: &str| json!({ "key": key, "value": value, "version": 0 });
            let drafts = [draft("hero-title", "Hello, { $name }!"), draft("hero-lead", "Words without deploys.")];
            requests.push((Method::PATCH, format!("/acme/drafts/{locale}/{page}"), json!({ "drafts": drafts })));
        }
    }
    requests.push((Method::POST, "/acme/releases".to_owned(), json!({})));
    requests
}

impl Totals {
    fn add(&mut self, report: &Value) -> anyhow::Result<()> {
        let cases = &report["test_cases"];
        let number = |name: &str| cases[name].as_u64().with_context(|| format!("the report has no {name}"));
        if report["complete"] != true || number("with_failures")? + number("errored")? > 0 {
            bail!("the report contradicts how Schemathesis ended: {cases}");
        }
        self.cases += number("generated")?;
        self.rounds += 1;
        let operations = report["valid_rates"].as_object().context("the report has no valid_rates")?;
        for (operation, phases) in operations {
            let accepted = phases.as_object().into_iter().flatten().filter_map(|(_, phase)| phase["accepted"].as_u64());
            *self.accepted.entry(operation.clone()).or_default() += accepted.sum::<u64>();
        }
        Ok(())
    }

    /// An operation that refuses everything was not tested.
    fn reached(&self) -> anyhow::Result<()> {
        let never =
            self.accepted.iter().filter(|(name, accepted)| **accepted == 0 && !UNREACHED.contains(&name.as_str()));
        let never: Vec<&str> = never.map(|(name, _)| name.as_str()).collect();
        if never.is_empty() {
            return Ok(());
        }
        bail!("no case was accepted by {}: make what they need in {FOLDER}/hooks.py", never.join(", "))
    }
}
