//! What the commands need beyond cargo: found, or installed into a cache folder.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::Context as _;

use copydesk_schema::delivered::sha256_hex;

use crate::shell::{is_there, read, root, run};

/// The cache: `COPYDESK_CACHE`, or the user's own. It may be lost at any time.
pub(crate) fn cache() -> anyhow::Result<PathBuf> {
    let folder = match std::env::var_os("COPYDESK_CACHE") {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(std::env::var_os("HOME").context("neither COPYDESK_CACHE nor HOME is set")?)
            .join(".cache/copydesk"),
    };
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Makes something in the cache unless it is there: whole or not at all.
pub(crate) fn cached(name: &str, make: impl FnOnce(&std::path::Path) -> anyhow::Result<()>) -> anyhow::Result<PathBuf> {
    let there = cache()?.join(name);
    if there.exists() {
        return Ok(there);
    }
    eprintln!("fetching {name}");
    let unfinished = cache()?.join(format!("{name}.unfinished"));
    let _ = fs::remove_dir_all(&unfinished);
    fs::create_dir_all(&unfinished)?;
    make(&unfinished).with_context(|| format!("{name} cannot be fetched"))?;
    fs::rename(&unfinished, &there)?;
    Ok(there)
}

/// A program of a Debian package.
pub(crate) fn debian(program: &str, argument: &str, package: &str) -> anyhow::Result<()> {
    if is_there(program, argument) {
        return Ok(());
    }
    eprintln!("installing {package}");
    let install = || {
        run(Command::new("apt-get").args(["update", "-qq"]))?;
        run(Command::new("apt-get").args(["install", "-y", "-qq", package]).env("DEBIAN_FRONTEND", "noninteractive"))
    };
    install().with_context(|| format!("{program} is missing and {package} cannot be installed"))
}

/// What is made and tested in JavaScript: the packages of `web`, as its lock file names them, and among them a Node whose
/// rules of language are known.
pub(crate) fn web() -> anyhow::Result<PathBuf> {
    let folder = root().join("web");
    let lock = fs::read(folder.join("package-lock.json")).context("web/package-lock.json cannot be read")?;
    let (installed, digest) = (folder.join("node_modules/.installed"), sha256_hex(&lock));
    if fs::read_to_string(&installed).ok().as_deref() != Some(&digest) {
        debian("npm", "--version", "npm")?;
        eprintln!("fetching the packages of web");
        let quiet = ["ci", "--silent", "--no-fund", "--no-audit"];
        run(Command::new("npm").args(quiet).current_dir(&folder)).context("the packages of web cannot be fetched")?;
        fs::write(&installed, digest)?;
    }
    Ok(folder)
}

/// Runs a program in JavaScript and returns what it prints.
pub(crate) fn node(args: &[&str]) -> anyhow::Result<String> {
    read(Command::new(web()?.join("node_modules/node/bin/node")).args(args))
}

/// Fluent's own resolver, in the last version that was published with its fixtures: the crate's source.
/// A project of its own asks for it, so that it is no dependency of ours.
pub(crate) fn fluent_fixtures() -> anyhow::Result<PathBuf> {
    let folder = cached("fluent-bundle-0.10.2", |folder| {
        let manifest = folder.join("Cargo.toml");
        fs::write(&manifest, FLUENT_MANIFEST)?;
        fs::create_dir(folder.join("src"))?;
        fs::write(folder.join("src/lib.rs"), "")?;
        let vendor = ["vendor", "--quiet", "--manifest-path"];
        run(Command::new("cargo").args(vendor).arg(&manifest).arg(folder.join("vendor")))
    })?;
    Ok(folder.join("vendor/fluent-bundle"))
}

/// A workspace, so that it belongs to none wherever the cache is.
const FLUENT_MANIFEST: &str = r#"[package]
name = "fixtures"
version = "0.0.0"
edition = "2024"

[dependencies]
fluent-bundle = "=0.10.2"

[workspace]
"#;

/// A browser.
pub(crate) fn chromium() -> anyhow::Result<&'static str> {
    let known = ["chromium", "google-chrome", "chromium-browser"];
    if let Some(found) = known.into_iter().find(|name| is_there(name, "--version")) {
        return Ok(found);
    }
    debian("chromium", "--version", "chromium")?;
    Ok("chromium")
}

/// `cargo deny`, built once.
pub(crate) fn cargo_deny() -> anyhow::Result<PathBuf> {
    if is_there("cargo-deny", "--version") {
        return Ok(PathBuf::from("cargo-deny"));
    }
    let made = cached("cargo-deny", |folder| {
        run(Command::new("cargo").args(["install", "cargo-deny", "--locked", "--quiet", "--root"]).arg(folder))
    })?;
    Ok(made.join("bin/cargo-deny"))
}

/// A Python package in an environment of its own, below `venv`. It was made under another name: what is in it is called by
/// its interpreter.
pub(crate) fn venv(package: &str, version: &str, more: &[&str]) -> anyhow::Result<PathBuf> {
    debian("python3", "--version", "python3-venv")?;
    // Others beside it are another environment.
    let name = [&[package, version], more].concat().join("-").replace("==", "-");
    cached(&name, |folder| {
        run(Command::new("python3").args(["-m", "venv", "--copies", "venv"]).current_dir(folder))?;
        let quiet = ["install", "--quiet", "--disable-pip-version-check"];
        let mut pip = Command::new("venv/bin/pip");
        run(pip.args(quiet).arg(format!("{package}=={version}")).args(more).current_dir(folder))?;
        // Scripts name their interpreter where it is now: it is about to be moved to where it stays.
        let mend = "grep -lI '[.]unfinished' venv/bin/* | xargs sed -i 's/[.]unfinished//g'";
        run(Command::new("sh").args(["-c", mend]).current_dir(folder))
    })
}
