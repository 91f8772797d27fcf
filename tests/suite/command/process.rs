//! Runs the real binary: `COPYDESK_BIN`, which `cargo xtask test` builds and names.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::support::Client;

pub fn binary() -> PathBuf {
    let path = std::env::var("COPYDESK_BIN").expect("COPYDESK_BIN names no binary: run `cargo xtask test`");
    PathBuf::from(path)
}

/// A running process; killed when it is dropped.
pub struct Process {
    child: Child,
    api: Option<String>,
    delivery: String,
}

impl Process {
    /// Everything, on free ports.
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &[])
    }

    /// The same with more said to it.
    pub fn start_with(data: &Path, args: &[&str]) -> Self {
        let mut command = Command::new(binary());
        command.args(["--listen", "127.0.0.1:0", "--delivery", "127.0.0.1:0", "--no-demo"]).args(args);
        Self::run(&mut command, data)
    }

    /// The same, writing down everything that it can say of what it does.
    pub fn logging(data: &Path, log: &Path) -> Self {
        let script = "exec \"$0\" \"$@\" 2>\"$LOG\"";
        let mut command = Command::new("sh");
        command.env("LOG", log).env("COPYDESK_LOG", "trace").args(["-c", script]).arg(binary());
        command.args(["--listen", "127.0.0.1:0", "--delivery", "127.0.0.1:0", "--no-demo"]);
        Self::run(&mut command, data)
    }

    /// The same under a shell's limits.
    pub fn limited(data: &Path, limits: &str) -> Self {
        let script = format!("{limits}; exec \"$0\" \"$@\"");
        let mut command = Command::new("sh");
        command.args(["-c", &script]).arg(binary()).args([
            "--listen",
            "127.0.0.1:0",
            "--delivery",
            "127.0.0.1:0",
            "--no-demo",
        ]);
        Self::run(&mut command, data)
    }

    fn run(command: &mut Command, data: &Path) -> Self {
        let mut child = command.arg("--data").arg(data).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut api, mut delivery) = (None, None);
        for line in lines.map_while(Result::ok) {
            let mut words = line.split_whitespace();
            match (words.next(), words.next()) {
                (Some("API"), Some(url)) => api = Some(url.to_owned()),
                (Some("delivery"), Some(url)) => delivery = Some(url.to_owned()),
                _ => {}
            }
            let is_alone = api.is_none() && delivery.is_some();
            if is_alone || line.starts_with("Next:") {
                break;
            }
        }
        let delivery = delivery.expect("the process did not say where it delivers");
        Self { child, api, delivery }
    }

    /// Delivery alone, on a free port.
    pub fn deliver(data: &Path) -> Self {
        let mut command = Command::new(binary());
        Self::run(command.args(["--delivery", "127.0.0.1:0", "deliver"]), data)
    }

    pub fn delivery(&self) -> String {
        self.delivery.clone()
    }

    pub fn api(&self) -> String {
        self.api.clone().unwrap()
    }

    pub fn client(&self, data: &Path) -> Client {
        let token = std::fs::read_to_string(data.join("owner-token")).unwrap().trim().to_owned();
        Client { http: crate::support::client::http(), api: self.api(), delivery: self.delivery(), token }
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and sees that it does.
    pub fn end(mut self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").arg(pid).status().unwrap().success());
        assert!(self.child.wait().unwrap().success(), "it did not end well");
    }

    /// Runs a subcommand against this process.
    pub fn command(&self, data: &Path, args: &[&str]) -> Output {
        Command::new(binary()).args(args).arg("--data").arg(data).env("COPYDESK_URL", self.api()).output().unwrap()
    }

    #[track_caller]
    pub fn succeeds(&self, data: &Path, args: &[&str]) -> String {
        let output = self.command(data, args);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
