//! Running other programs.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, bail};

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// Runs a program to its end; fails when it does.
pub(crate) fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("{command:?} cannot be run"))?;
    if !status.success() {
        bail!("{command:?} failed: {status}");
    }
    Ok(())
}

/// Runs a program to its end and returns what it printed.
pub(crate) fn read(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| format!("{command:?} cannot be run"))?;
    if !output.status.success() {
        bail!("{command:?} failed: {}", output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Whether a program is there and answers.
pub(crate) fn is_there(program: &str, argument: &str) -> bool {
    let answer = Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    answer.is_ok_and(|status| status.success())
}

/// A program in the background; ended when this is dropped.
pub(crate) struct Background(Child);

impl Background {
    pub(crate) fn start(command: &mut Command) -> anyhow::Result<Self> {
        Ok(Self(command.spawn().with_context(|| format!("{command:?} cannot be run"))?))
    }

    pub(crate) fn pid(&self) -> u32 {
        self.0.id()
    }

    /// Waits until something listens on a port of this machine.
    pub(crate) fn wait_for(&mut self, port: u16, what: &str) -> anyhow::Result<()> {
        self.wait_until(what, || {
            let connected = std::net::TcpStream::connect(("127.0.0.1", port)).ok()?;
            // Where nobody listens, a connection may reach itself: its own port is chosen from the same ones.
            (connected.local_addr().ok()?.port() != port).then_some(())
        })
    }

    /// Waits until the program shows that it is ready, such as by what it printed.
    pub(crate) fn wait_until<T>(&mut self, what: &str, ready: impl Fn() -> Option<T>) -> anyhow::Result<T> {
        let began = std::time::Instant::now();
        loop {
            if let Some(shown) = ready() {
                return Ok(shown);
            }
            if let Some(status) = self.0.try_wait()? {
                bail!("{what} ended before it was ready: {status}");
            }
            if began.elapsed().as_secs() > 60 {
                bail!("{what} was not ready within a minute");
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // Asked first, so that it ends what it started itself. It may have ended already.
        let _ = Command::new("kill").arg(self.0.id().to_string()).stderr(Stdio::null()).status();
        for _ in 0..100 {
            if !matches!(self.0.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
