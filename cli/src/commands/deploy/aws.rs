//! What AWS says of a stack: asked by its own command, which knows the accounts of whoever runs this.

use std::fmt::{self, Display};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, bail, ensure};
use serde::Deserialize;
use serde_json::Value;

/// How often it is looked whether AWS has looked at everything.
const PAUSE: Duration = Duration::from_secs(2);
/// How often at most.
const LOOKS: usize = 150;

pub(super) struct Stack<'n> {
    name: &'n str,
}

/// What a stack says of itself.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Described {
    stack_id: String,
    stack_status: String,
    #[serde(default)]
    outputs: Vec<Output>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    output_key: String,
    output_value: String,
}

/// A resource that is not as the stack made it.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Drift {
    logical_resource_id: String,
    stack_resource_drift_status: String,
    #[serde(default)]
    property_differences: Vec<Property>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Property {
    property_path: String,
}

impl Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}", self.logical_resource_id, self.stack_resource_drift_status.to_lowercase())?;
        self.property_differences.iter().try_for_each(|property| write!(f, " {}", property.property_path))
    }
}

impl Described {
    /// Whether it is where it was wanted.
    pub(super) fn settled(&self) -> anyhow::Result<String> {
        let good = matches!(self.stack_status.as_str(), "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "IMPORT_COMPLETE");
        ensure!(good, "{}: what was asked for last did not go well, or is under way", self.stack_status);
        Ok(self.stack_status.clone())
    }

    pub(super) fn output(&self, name: &str) -> anyhow::Result<&str> {
        let found = self.outputs.iter().find(|output| output.output_key == name);
        Ok(&found.with_context(|| format!("the stack has no output {name}"))?.output_value)
    }

    /// `arn:aws:cloudformation:eu-west-1:…`
    pub(super) fn region(&self) -> anyhow::Result<&str> {
        self.stack_id.split(':').nth(3).with_context(|| format!("{} names no region", self.stack_id))
    }
}

impl<'n> Stack<'n> {
    pub(super) fn named(name: &'n str) -> Self {
        Self { name }
    }

    pub(super) fn describe(&self) -> anyhow::Result<Described> {
        let mut said = self.ask("describe-stacks", &[])?;
        Ok(serde_json::from_value(said["Stacks"][0].take())?)
    }

    /// The template as it was deployed.
    pub(super) fn template(&self) -> anyhow::Result<String> {
        let said = self.ask("get-template", &["--template-stage", "Original"])?;
        Ok(match &said["TemplateBody"] {
            Value::String(text) => text.clone(),
            // What was written as JSON comes as such.
            other => other.to_string(),
        })
    }

    /// What was changed by hand since, other than what is to be ignored.
    pub(super) async fn drift(&self, ignored: &[String]) -> anyhow::Result<String> {
        let begun = self.ask("detect-stack-drift", &[])?;
        let id = begun["StackDriftDetectionId"].as_str().context("AWS did not begin to look")?;
        for _ in 0..LOOKS {
            let id = ["--stack-drift-detection-id", id];
            let status = ask("cloudformation", "describe-stack-drift-detection-status", &id)?;
            match status["DetectionStatus"].as_str() {
                Some("DETECTION_IN_PROGRESS") => tokio::time::sleep(PAUSE).await,
                Some("DETECTION_COMPLETE") => return self.drifted(ignored),
                // Some resources could not be looked at: what was found counts all the same.
                _ => {
                    self.drifted(ignored)?;
                    bail!("not all could be looked at: {}", status["DetectionStatusReason"]);
                }
            }
        }
        bail!("AWS has not looked at everything in time")
    }

    fn drifted(&self, ignored: &[String]) -> anyhow::Result<String> {
        let filter = ["--stack-resource-drift-status-filters", "MODIFIED", "DELETED"];
        let said = self.ask("describe-stack-resource-drifts", &filter)?;
        let drifts: Vec<Drift> = serde_json::from_value(said["StackResourceDrifts"].clone())?;
        let drifts = drifts.iter().filter(|drift| !ignored.contains(&drift.logical_resource_id));
        let list: Vec<String> = drifts.map(Drift::to_string).collect();
        ensure!(list.is_empty(), "changed by hand: {}", list.join(", "));
        Ok("nobody changed by hand what CloudFormation can look at".to_owned())
    }

    fn ask(&self, what: &str, more: &[&str]) -> anyhow::Result<Value> {
        ask("cloudformation", what, &[&["--stack-name", self.name], more].concat())
    }
}

/// What `aws` says of a service.
pub(super) fn ask(service: &str, what: &str, args: &[&str]) -> anyhow::Result<Value> {
    let mut command = Command::new("aws");
    command.args([service, what]).args(args).args(["--output", "json"]).env("AWS_PAGER", "");
    let done = command.stdin(Stdio::null()).output().context("the AWS CLI (aws) is needed for this")?;
    let said = String::from_utf8_lossy(&done.stderr);
    ensure!(done.status.success(), "aws {service} {what}: {}", said.trim());
    Ok(serde_json::from_slice(&done.stdout)?)
}
