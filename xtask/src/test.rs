//! The test command: everything, in the order in which it fails fastest.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread::{self, ScopedJoinHandle};
use std::time::Instant;

use anyhow::{Context as _, anyhow, bail, ensure};
use serde_json::Value;

use crate::shell::{read, run};
use crate::{aws, engines, generate, schemathesis, tools};

/// Tests that are about the embedded process, or about what is said over HTTP and not about engines.
const EMBEDDED_ONLY: [&str; 11] = [
    "promises::killed",
    "command::",
    "delivery::",
    "browser::",
    "aws::",
    "access::matrix",
    "access::rates",
    "access::browsers",
    "api::bad_input",
    "api::files",
    "api::messages",
];

/// What is run on MiniStack: what is delivered, what a crash leaves, and who signs in at Cognito. All else that needs a table
/// runs on Amazon's own.
const ON_MINISTACK: [&str; 6] =
    ["promises::", "access::issuers", "api::large", "api::releases", "api::site", "migrations::"];

/// How long the test command fuzzes, in seconds.
const FUZZ: &str = "40";

/// Files of tests of web that run at the same time: each waits for its browser most of the time.
const WEB_TOGETHER: usize = 2;

/// The test that needs both other engines.
const APART: &str = "server_and_publisher_run_apart";

/// Everything.
pub(crate) fn everything() -> anyhow::Result<()> {
    let began = Instant::now();
    lint()?;
    generate::check()?;
    let built = built()?;
    units(&built)?;
    oracle()?;
    fuzz(FUZZ, &[])?;
    schemathesis::run()?;
    for engine in ["embedded", "dynamodb-local", "ministack", "apart"] {
        on_engine(&built, engine, "")?;
    }
    web_alone()?;
    let corpus = match corpus() {
        Some(_) => "with the real site's copy and the public attacks",
        None => {
            "WITHOUT the real site's copy and the public attacks (../shared/data is not there): our own ran instead"
        }
    };
    println!("\nEverything passed in {} s, {corpus}.", began.elapsed().as_secs());
    Ok(())
}

/// A program made of a package's tests.
struct Tests {
    /// The package's folder, where its tests run.
    folder: PathBuf,
    /// What they are called: the package's library, or a file in `tests`.
    name: String,
    program: PathBuf,
}

/// Builds everything once, with all that any part of the workspace asks of its dependencies: built package by package,
/// most of these would be built again and again. Returns the programs of tests.
fn built() -> anyhow::Result<Vec<Tests>> {
    let said =
        read(cargo().args(["build", "--workspace", "--all-targets", "--message-format=json-render-diagnostics"]))?;
    let tests = said.lines().filter_map(|line| {
        let artifact: Value = serde_json::from_str(line).ok()?;
        let is_test = artifact["profile"]["test"] == true && artifact["target"]["kind"][0] != "bench";
        let folder = Path::new(artifact["manifest_path"].as_str()?).parent()?.to_owned();
        let program = PathBuf::from(artifact["executable"].as_str().filter(|_| is_test)?);
        Some(Tests { folder, name: artifact["target"]["name"].as_str()?.to_owned(), program })
    });
    let tests: Vec<Tests> = tests.collect();
    ensure!(tests.iter().any(Tests::is_suite), "the whole-system suite was not built");
    Ok(tests)
}

/// Builds everything, for whoever runs the program.
pub(crate) fn build() -> anyhow::Result<()> {
    built().map(drop)
}

impl Tests {
    /// The whole-system suite; the others are of one package alone.
    fn is_suite(&self) -> bool {
        self.name == "suite" && self.folder.ends_with("tests")
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(&self.folder).env("CARGO_MANIFEST_DIR", &self.folder);
        command
    }
}

/// Every package's own tests, and those in its documentation.
fn units(built: &[Tests]) -> anyhow::Result<()> {
    let fixtures = tools::fluent_fixtures()?;
    for tests in built.iter().filter(|tests| !tests.is_suite()) {
        println!("\n{} in {}:", tests.name, tests.folder.display());
        run(with_corpus(tests.command().arg("--quiet").env("COPYDESK_TEST_FLUENT", &fixtures)))?;
    }
    run(cargo().args(["test", "--workspace", "--doc", "--quiet"]))
}

/// Holds the vectors against Fluent's own implementation, in a runtime whose rules of language are
/// known.
fn oracle() -> anyhow::Result<()> {
    print!("{}", tools::node(&["schema/vectors/oracle.mjs", "web"])?);
    Ok(())
}

/// What runs in browsers and in Node, against the program as it is now.
pub(crate) fn web() -> anyhow::Result<()> {
    build()?;
    web_alone()
}

/// Types, and the tests in `web/tests`.
fn web_alone() -> anyhow::Result<()> {
    let folder = tools::web()?;
    let node = || Command::new(folder.join("node_modules/node/bin/node"));
    run(node().arg(folder.join("node_modules/typescript/bin/tsc")).arg("-p").arg(&folder))?;
    println!("\nThe tests of web, with a browser:");
    let chromium = tools::chromium()?;
    let files = Mutex::new(files(&folder.join("tests"), ".test.mjs")?);
    let work = || -> anyhow::Result<(u32, u32)> {
        let mut total = (0, 0);
        // The lock is let go before the tests run.
        let next = || files.lock().ok().and_then(|mut files| files.pop());
        while let Some(file) = next() {
            let mut command = node();
            command.args(["--test-force-exit", "--test-reporter=tap"]).arg(&file);
            command.env("COPYDESK_BIN", binary()).env("COPYDESK_TEST_CHROMIUM", chromium);
            if let Some(attacks) = attacks() {
                command.env("COPYDESK_TEST_ATTACKS", attacks);
            }
            let (passed, failed) = web_file(&file, command.stderr(Stdio::inherit()))?;
            total = (total.0 + passed, total.1 + failed);
        }
        Ok(total)
    };
    let ended = thread::scope(|scope| {
        let workers: Vec<_> = (0..WEB_TOGETHER).map(|_| scope.spawn(work)).collect();
        workers.into_iter().map(ScopedJoinHandle::join).collect::<Vec<_>>()
    });
    let (mut passed, mut failed) = (0, 0);
    for one in ended {
        let one = one.map_err(|_| anyhow!("the tests of web panicked"))??;
        (passed, failed) = (passed + one.0, failed + one.1);
    }
    let ok = if failed == 0 { "ok" } else { "FAILED" };
    println!("test result: {ok}. {passed} passed; {failed} failed");
    if failed > 0 {
        bail!("tests of web failed");
    }
    Ok(())
}

/// Runs one file of tests; how many passed and failed. Of a file that failed everything is printed.
fn web_file(file: &Path, command: &mut Command) -> anyhow::Result<(u32, u32)> {
    let output = command.output()?;
    let said = String::from_utf8_lossy(&output.stdout);
    let count = |what| said.lines().find_map(|line| line.strip_prefix(what)?.trim().parse::<u32>().ok());
    let counts = (count("# pass"), count("# fail"), output.status.success());
    let mut report = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if !matches!(counts, (Some(1..), Some(0), true)) {
        report = format!("{report}\n{said}");
    }
    for figure in said.lines().filter_map(|line| line.strip_prefix("figure: ")) {
        report = format!("{report}\n  {figure}");
    }
    println!("{report}");
    let failed = counts.1.unwrap_or_default();
    Ok((counts.0.unwrap_or_default(), failed + u32::from(!counts.2 && failed == 0)))
}

/// The files in a folder with this ending, in order.
fn files(folder: &Path, ending: &str) -> anyhow::Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder)?.collect::<Result<Vec<_>, _>>()?;
    let mut files: Vec<PathBuf> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|file| file.to_string_lossy().ends_with(ending));
    files.sort();
    Ok(files)
}

/// Tries mutated values and files for a while.
pub(crate) fn fuzz(seconds: &str, seed: &[&str]) -> anyhow::Result<()> {
    let mut command = cargo();
    command.args(["run", "--quiet", "--profile", "fuzz", "-p", "copydesk-schema", "--example", "fuzz", "--", seconds]);
    run(command.args(seed))
}

/// Formatting, lints, dependency rules.
pub(crate) fn lint() -> anyhow::Result<()> {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    run(cargo().args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "--deny", "warnings"]))?;
    // Advisories need a Git host: the GitHub workflow checks them.
    run(Command::new(tools::cargo_deny()?).args(["--log-level", "error", "check", "bans", "licenses", "sources"]))?;
    aws::lint()
}

/// The whole-system suite on one engine, as it is now.
pub(crate) fn suite_on(engine: &str, filter: &str) -> anyhow::Result<()> {
    on_engine(&built()?, engine, filter)
}

fn on_engine(built: &[Tests], engine: &str, filter: &str) -> anyhow::Result<()> {
    if engine == "apart" {
        // Server and publisher as processes of their own, as functions, and as a stack.
        return suite(built, "apart", &apart()?, [APART]);
    }
    let skipped: &[&str] = if engine == "embedded" { &[APART] } else { &EMBEDDED_ONLY };
    let engines = match engine {
        "embedded" => Vec::new(),
        "dynamodb-local" => vec![engines::dynamodb_local()?],
        "ministack" => vec![engines::ministack()?, engines::cognito()?],
        other => bail!("no engine {other}: embedded, dynamodb-local, ministack or apart"),
    };
    let chosen: &[&str] = match (engine, filter) {
        ("ministack", "") => &ON_MINISTACK,
        (_, "") => &[],
        _ => &[filter],
    };
    let skip = skipped.iter().flat_map(|name| ["--skip", *name]);
    suite(built, engine, &engines, skip.chain(chosen.iter().copied()))
}

fn suite<'a>(
    built: &[Tests],
    engine: &str,
    engines: &[engines::Engine],
    args: impl IntoIterator<Item = &'a str>,
) -> anyhow::Result<()> {
    println!("\nThe whole-system suite on {engine}:");
    let tests = built.iter().find(|tests| tests.is_suite()).context("the whole-system suite was not built")?;
    let mut command = tests.command();
    command.arg("--quiet").args(args);
    command.env("COPYDESK_TEST_ENGINE", engine).env("COPYDESK_BIN", binary());
    if engine == "embedded" {
        command.env("COPYDESK_TEST_CHROMIUM", tools::chromium()?);
    }
    for engine in engines {
        command.envs(engine.variables.iter().map(|(name, value)| (name, value)));
    }
    if let Some(attacks) = attacks() {
        command.env("COPYDESK_TEST_ATTACKS", attacks);
    }
    run(with_corpus(&mut command))
}

/// Where they run that are no one process.
fn apart() -> anyhow::Result<[engines::Engine; 3]> {
    Ok([engines::dynamodb_local()?, engines::ministack()?, engines::stack()?])
}

/// The story of the functions with programs that were built otherwise, and what it prints.
pub(crate) fn functions_story(programs: &Path) -> anyhow::Result<()> {
    let (built, engines) = (built()?, apart()?);
    let tests = built.iter().find(|tests| tests.is_suite()).context("the whole-system suite was not built")?;
    let mut command = tests.command();
    command.args(["--nocapture", &format!("{APART}_as_functions"), &format!("{APART}_as_a_stack")]);
    command.env("COPYDESK_TEST_ENGINE", "apart").env("COPYDESK_BIN", binary()).env("COPYDESK_TEST_FUNCTIONS", programs);
    for engine in &engines {
        command.envs(engine.variables.iter().map(|(name, value)| (name, value)));
    }
    run(&mut command)
}

/// The public collection of attacks, where it is present; ours run anyway.
fn attacks() -> Option<PathBuf> {
    Path::new("../shared/data/xss/html5sec.json").canonicalize().ok()
}

/// Tells tests where the real site's copy is.
pub(crate) fn with_corpus(command: &mut Command) -> &mut Command {
    match corpus() {
        Some(corpus) => command.env("COPYDESK_TEST_CORPUS", corpus),
        None => command,
    }
}

/// The real site's copy, where it is present.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = Path::new("../shared/data/mozilla.org");
    folder.exists().then(|| folder.canonicalize().unwrap_or_else(|_| folder.to_owned()))
}

pub(crate) fn binary() -> PathBuf {
    let target =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| crate::shell::root().join("target"), PathBuf::from);
    target.join("debug/copydesk")
}

pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
