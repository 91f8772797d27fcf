//! Delivery beside nginx, which serves the same files precompressed: wrk, 64 connections, one after
//! the other in the same run.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Context as _;

use super::start::System;
use super::table::Table;
use crate::shell::{Background, free_port, read};
use crate::tools::debian;

/// A page of common size.
const PAGE: &str = "bench/de/firefox--new--desktop.1.json";

pub(super) async fn measure(system: &System, table: &mut Table) -> anyhow::Result<()> {
    debian("wrk", "--version", "wrk").or_else(|_| debian("wrk", "-v", "wrk"))?;
    debian("nginx", "-v", "nginx-light")?;
    let root = std::env::temp_dir().join(format!("copydesk-nginx-{}", std::process::id()));
    let live = system.client.http.get(format!("{}/{PAGE}", system.client.delivery)).send().await?;
    write_site(&root, &live.error_for_status()?.bytes().await?)?;
    let port = free_port()?;
    let config = root.join("nginx.conf");
    fs::write(&config, nginx_config(&root, port))?;
    let mut nginx = Background::start(Command::new("nginx").arg("-c").arg(&config).stderr(Stdio::null()))?;
    nginx.wait_for(port, "nginx")?;
    let theirs = load(&format!("http://127.0.0.1:{port}/{PAGE}"))?;
    let ours = load(&format!("{}/{PAGE}", system.client.delivery))?;
    crate::shell::run(Command::new("kill").arg(nginx.pid().to_string()))?;
    fs::remove_dir_all(&root)?;
    table.row("delivery, 64 connections", format!("{:.0}/s, p99 {}", ours.rate, ours.p99), "");
    table.row("nginx, 64 connections", format!("{:.0}/s, p99 {}", theirs.rate, theirs.p99), "");
    table.row("delivery over nginx", format!("{:.2}", ours.rate / theirs.rate), "0.9");
    Ok(())
}

fn write_site(root: &Path, body: &[u8]) -> anyhow::Result<()> {
    let file = root.join("site").join(PAGE);
    fs::create_dir_all(file.parent().context("a folder")?)?;
    fs::write(&file, body)?;
    let mut packed = Command::new("gzip").args(["-k", "-6"]).arg(&file).spawn()?;
    packed.wait()?;
    std::io::stderr().flush()?;
    Ok(())
}

fn nginx_config(root: &Path, port: u16) -> String {
    let root = root.display();
    format!(
        "daemon off; worker_processes auto; pid {root}/nginx.pid; error_log stderr crit;\n\
         events {{ worker_connections 1024; }}\n\
         http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; gzip_static on;\n\
         open_file_cache max=1000; default_type application/json;\n\
         server {{ listen 127.0.0.1:{port}; root {root}/site;\n\
         add_header cache-control 'public, max-age=31536000, immutable'; add_header access-control-allow-origin '*'; }} }}\n"
    )
}

struct Load {
    rate: f64,
    p99: String,
}

fn load(url: &str) -> anyhow::Result<Load> {
    let mut wrk = Command::new("wrk");
    wrk.args(["-t1", "-c64", "-d8s", "--latency", "-H", "Accept-Encoding: gzip", url]);
    let text = read(&mut wrk)?;
    let word = |label: &str| {
        text.lines()
            .find_map(|line| line.trim().strip_prefix(label))
            .map(|rest| rest.trim().to_owned())
            .context("wrk's report")
    };
    Ok(Load { rate: word("Requests/sec:")?.parse()?, p99: word("99%")? })
}
