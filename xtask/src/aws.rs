//! What is particular to AWS: the template's linters, and the functions' programs as they are uploaded.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::Context as _;

use crate::shell::{is_there, root, run};
use crate::test::cargo;
use crate::tools::venv;

/// The stack, and the bucket in another region that it may have.
const TEMPLATES: [&str; 2] = ["deploy/aws/template.yaml", "deploy/aws/replica.yaml"];

/// The functions' programs, of which packages, and what they are called where they are uploaded.
pub(crate) const FUNCTIONS: [(&str, &str, &str); 3] = [
    ("copydesk-server", "copydesk-server-lambda", "server.zip"),
    ("copydesk-publisher", "copydesk-publisher-lambda", "publisher.zip"),
    ("copydesk-popularity-daily", "copydesk-popularity-lambda", "popularity.zip"),
];

/// Holds the template against what Amazon understands, and against what is good practice.
pub(crate) fn lint() -> anyhow::Result<()> {
    run(tool("cfn-lint", "1.58.0", "cfn-lint")?.args(TEMPLATES))?;
    let quiet = ["--framework", "cloudformation", "--compact", "--quiet", "--skip-download"];
    for template in TEMPLATES {
        let mut sam = tool("aws-sam-cli", "1.170.0", "sam")?;
        sam.args(["validate", "--lint", "--template", template]).stdout(Stdio::null());
        // It asks nobody, and wants a region all the same.
        run(sam.env("SAM_CLI_TELEMETRY", "0").env("AWS_DEFAULT_REGION", "us-east-1"))?;
        run(tool("checkov", "3.3.30", "checkov")?.args(["-f", template]).args(quiet))?;
        println!("{template}: cfn-lint, sam validate and checkov find nothing");
    }
    Ok(())
}

/// Builds the functions' programs for Lambda's arm64 into `target/aws`, and says how large they are.
pub(crate) fn dist() -> anyhow::Result<()> {
    let venv = venv("cargo-lambda", "1.9.2", &["ziglang==0.17.1"])?.join("venv/bin");
    if is_there("rustup", "--version") {
        run(Command::new("rustup").args(["target", "add", "aarch64-unknown-linux-gnu"]))?;
    }
    let path = std::env::var("PATH").context("PATH is not set")?;
    for (package, name, zip) in FUNCTIONS {
        let mut build = cargo();
        build
            .args(["lambda", "build", "--profile", "dist", "--arm64", "--output-format", "zip"])
            .args(["--package", package, "--bin", name])
            // Its generator of jitter is compiled for the machine that builds.
            .env("AWS_LC_SYS_NO_JITTER_ENTROPY", "1")
            .env("PATH", format!("{}:{path}", venv.display()));
        run(&mut build)?;
        let (made, into) = (root().join("target/lambda").join(name).join("bootstrap.zip"), root().join("target/aws"));
        fs::create_dir_all(&into)?;
        let bytes = fs::copy(&made, into.join(zip)).with_context(|| format!("{} is not there", made.display()))?;
        println!("target/aws/{zip}: {} KB", bytes / 1024);
    }
    Ok(())
}

/// A Python tool in an environment of its own.
fn tool(package: &str, version: &str, script: &str) -> anyhow::Result<Command> {
    let folder = venv(package, version, &[])?;
    let mut command = Command::new(folder.join("venv/bin/python"));
    command.arg(folder.join("venv/bin").join(script));
    Ok(command)
}
