//! The functions of AWS as they are uploaded: how large they are, how soon they answer, how much memory the story takes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use serde_json::{Value, json};

use super::table::Table;
use super::{millis, percentile};
use crate::aws::FUNCTIONS;
use crate::engines::{Engine, dynamodb_local, ministack};
use crate::shell::{root, run};
use crate::test::{cargo, functions_story};

/// How often each is started.
const STARTS: usize = 15;

const TOKEN: &str = "token-token-token-token-token-token";

/// Builds the programs for this machine as for Lambda, and measures them.
pub(crate) fn measure() -> anyhow::Result<()> {
    for (package, name, _) in FUNCTIONS {
        run(cargo().args(["build", "--profile", "dist", "--quiet", "--package", package, "--bin", name]))?;
    }
    run(cargo().args(["build", "--quiet", "-p", "copydesk"]))?;
    let folder = root().join("target/dist");
    let engines = [dynamodb_local()?, ministack()?];
    let mut migrate = Command::new(crate::test::binary());
    environment(&mut migrate, &engines);
    run(migrate.arg("migrate").stdout(Stdio::null()))?;
    let cold = format!("{}/cold", address(&engines, "COPYDESK_TEST_MINISTACK"));
    run(Command::new("curl").args(["-sSf", "-X", "PUT", &cold]))?;
    let mut table = Table::new();
    // A reading that goes to the table, a sweep that finds nothing, no logs.
    let events = [request(), json!({ "copydesk": "sweep" }), json!({ "copydesk": "popularity" })];
    for ((_, name, _), event) in FUNCTIONS.into_iter().zip(events) {
        let program = folder.join(name);
        table.row(&format!("{name}, zipped"), format!("{:.2} MB", zipped(&program)?), "8 MB");
        starts(&program, &event, &engines, &mut table)?;
    }
    table.print();
    functions_story(&folder)
}

/// The size of a program as it is uploaded, in millions of bytes.
#[expect(clippy::cast_precision_loss, reason = "a size is read by people")]
fn zipped(program: &Path) -> anyhow::Result<f64> {
    let zip = program.with_extension("zip");
    run(Command::new("python3").args(["-m", "zipfile", "-c"]).args([&zip, program]))?;
    Ok(std::fs::metadata(&zip)?.len() as f64 / 1e6)
}

fn starts(program: &Path, event: &Value, engines: &[Engine], table: &mut Table) -> anyhow::Result<()> {
    let (mut init, mut first) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let (began, answered) = start(program, event, engines)?;
        init.push(began);
        first.push(answered);
    }
    let name = program.file_name().unwrap_or_default().to_string_lossy();
    table.row(&format!("{name}, init, p50"), millis(percentile(&mut init, 50)), "60 ms");
    table.row(&format!("{name}, init, p90"), millis(percentile(&mut init, 90)), "");
    table.row(&format!("{name}, until it has answered, p50"), millis(percentile(&mut first, 50)), "");
    Ok(())
}

/// Starts a function as Lambda does: how long until it asks for a call, and until it has answered the first.
fn start(program: &Path, event: &Value, engines: &[Engine]) -> anyhow::Result<(Duration, Duration)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut command = Command::new(program);
    environment(&mut command, engines);
    command.env("AWS_LAMBDA_RUNTIME_API", listener.local_addr()?.to_string());
    let began = Instant::now();
    let function = Running(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    let mut init = None;
    for connection in listener.incoming() {
        if let Some(answered) = converse(connection?, event, began, &mut init)? {
            drop(function);
            return Ok((init.context("it never asked for a call")?, answered));
        }
    }
    anyhow::bail!("the function ended")
}

/// Ended when this is dropped.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Answers on one connection until the function has answered its call. A connection that the function keeps for its next
/// question is left: the answer comes on another.
fn converse(
    connection: TcpStream,
    event: &Value,
    began: Instant,
    init: &mut Option<Duration>,
) -> anyhow::Result<Option<Duration>> {
    let mut connection = BufReader::new(connection);
    loop {
        let mut line = String::new();
        if connection.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let is_next = line.contains("/invocation/next");
        let mut length = 0;
        loop {
            let mut header = String::new();
            connection.read_line(&mut header)?;
            match header.trim_end().to_ascii_lowercase().split_once(':') {
                None => break,
                Some(("content-length", value)) => length = value.trim().parse()?,
                Some(_) => {}
            }
        }
        if !is_next {
            ensure!(!line.contains("/error"), "the function failed");
            let answered = began.elapsed();
            connection.read_exact(&mut vec![0; length])?;
            connection.get_mut().write_all(b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")?;
            return Ok(Some(answered));
        }
        init.get_or_insert(began.elapsed());
        let event = event.to_string();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\nlambda-runtime-aws-request-id: one\r\n\
             lambda-runtime-deadline-ms: 99999999999999\r\nlambda-runtime-invoked-function-arn: arn:aws:lambda:us-east-1:0:function:f\r\n\r\n",
            event.len()
        );
        connection.get_mut().write_all((head + &event).as_bytes())?;
    }
}

fn address(engines: &[Engine], name: &str) -> String {
    let mut all = engines.iter().flat_map(|engine| &engine.variables);
    all.find(|(variable, _)| *variable == name).map(|(_, address)| address.clone()).unwrap_or_default()
}

fn environment(command: &mut Command, engines: &[Engine]) {
    let address = |name: &str| address(engines, name);
    let variables = [
        ("AWS_REGION", "us-east-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", "test".to_owned()),
        ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
        ("AWS_LAMBDA_FUNCTION_NAME", "copydesk".to_owned()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "1".to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512".to_owned()),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "log".to_owned()),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "log".to_owned()),
        ("COPYDESK_TABLE", "cold".to_owned()),
        ("COPYDESK_DYNAMODB_ENDPOINT", address("COPYDESK_TEST_DYNAMODB")),
        ("COPYDESK_BUCKET", "cold".to_owned()),
        ("COPYDESK_S3_ENDPOINT", address("COPYDESK_TEST_MINISTACK")),
        ("COPYDESK_DELIVERY_URL", address("COPYDESK_TEST_MINISTACK")),
        ("COPYDESK_VIEWS", "cold".to_owned()),
        ("COPYDESK_OWNER_TOKEN", TOKEN.to_owned()),
    ];
    command.envs(variables);
}

/// A reading that goes to the table.
fn request() -> Value {
    json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": "/v1/projects/none",
        "rawQueryString": "",
        "headers": { "authorization": format!("Bearer {TOKEN}"), "host": "api.example.com" },
        "requestContext": {
            "accountId": "0", "apiId": "api", "domainName": "api.example.com", "domainPrefix": "api",
            "http": { "method": "GET", "path": "/v1/projects/none", "protocol": "HTTP/1.1", "sourceIp": "203.0.113.9", "userAgent": "test" },
            "requestId": "one", "routeKey": "$default", "stage": "$default", "time": "29/Nov/2026:00:00:00 +0000", "timeEpoch": 1_795_910_400_000_u64
        },
        "isBase64Encoded": false
    })
}
