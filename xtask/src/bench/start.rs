//! The process under test: started, measured, started again.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::Context as _;

use super::client::Client;
use super::millis;
use super::table::Table;

pub(super) struct System {
    pub(super) client: Client,
    data: PathBuf,
    child: Child,
}

impl System {
    pub(super) fn start(table: &mut Table) -> anyhow::Result<Self> {
        let data = std::env::temp_dir().join(format!("copydesk-bench-{}", std::process::id()));
        let (child, client) = launch(&data, table, "start, empty folder")?;
        Ok(Self { client, data, child })
    }

    /// Ends it and starts it again on what it holds now.
    pub(super) fn restart(&mut self, table: &mut Table) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        (self.child, self.client) = launch(&self.data, table, "start, full folder, after kill -9")?;
        Ok(())
    }

    /// Runs a subcommand against it.
    pub(super) fn command(&self, args: &[&str]) -> anyhow::Result<String> {
        let mut command = Command::new(binary());
        command.args(args).arg("--data").arg(&self.data).env("COPYDESK_URL", &self.client.api);
        crate::shell::read(&mut command)
    }

    pub(super) fn peak_memory_mb(&self) -> anyhow::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:")).context("VmHWM")?;
        let kilobytes: u64 = line.split_whitespace().nth(1).context("a number")?.parse()?;
        Ok(kilobytes / 1024)
    }
}

impl Drop for System {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.data);
    }
}

fn binary() -> PathBuf {
    crate::shell::root().join("target/release/copydesk")
}

fn launch(data: &PathBuf, table: &mut Table, what: &str) -> anyhow::Result<(Child, Client)> {
    let began = Instant::now();
    let mut command = Command::new(binary());
    command.args(["--listen", "127.0.0.1:0", "--delivery", "127.0.0.1:0", "--no-demo", "--data"]).arg(data);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let (mut api, mut delivery) = (String::new(), String::new());
    for line in BufReader::new(child.stdout.take().context("its output")?).lines() {
        let line = line?;
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("API"), Some(url)) => url.clone_into(&mut api),
            (Some("delivery"), Some(url)) => url.clone_into(&mut delivery),
            (Some("Next:"), _) => break,
            _ => {}
        }
    }
    table.row(what, millis(began.elapsed()), "300 ms");
    let token = fs::read_to_string(data.join("owner-token"))?.trim().to_owned();
    Ok((child, Client { http: reqwest::Client::new(), api, delivery, token }))
}
