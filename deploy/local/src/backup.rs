//! Backup and restore of a data folder, while it is in use.
//!
//! What can change is copied first (the live manifests, the aliases), then the table, then what never
//! changes: the table knows every release that is live in the copy, and every file that a manifest
//! names is there. What is live is the authority, and the publisher lets the table follow it.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::data;
use crate::engines::table::TableEngine;

/// Copies a data folder into `to`, which must not exist or be empty.
pub fn backup(from: &Path, to: &Path) -> anyhow::Result<()> {
    if !data::database(from).exists() {
        bail!("{} is no data folder: it has no table", from.display());
    }
    make_empty(to)?;
    copy_objects(from, to, |head| !head.contains("immutable"))?;
    TableEngine::copy(&data::database(from), &data::database(to)).context("the table cannot be copied")?;
    copy_objects(from, to, |head| head.contains("immutable"))?;
    let token = data::token_file(from);
    if token.exists() {
        fs::copy(&token, data::token_file(to)).with_context(|| format!("{} cannot be copied", token.display()))?;
    }
    Ok(())
}

/// Makes a data folder from a backup. `to` must not exist or be empty.
pub fn restore(from: &Path, to: &Path) -> anyhow::Result<()> {
    backup(from, to)
}

fn make_empty(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    if fs::read_dir(folder)?.next().is_some() {
        bail!("{} is not empty: choose a new folder, so that nothing is overwritten", folder.display());
    }
    Ok(())
}

fn copy_objects(from: &Path, to: &Path, wanted: impl Fn(&str) -> bool) -> anyhow::Result<()> {
    let source = data::objects(from);
    for shelf in fs::read_dir(&source).with_context(|| format!("{} cannot be read", source.display()))? {
        let shelf = shelf?;
        if shelf.file_name() == "unfinished" {
            continue;
        }
        let target = data::objects(to).join(shelf.file_name());
        fs::create_dir_all(&target)?;
        for object in fs::read_dir(shelf.path())? {
            let object = object?;
            // Pruned this moment: then no manifest that is kept names it.
            let Ok(bytes) = fs::read(object.path()) else { continue };
            let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
            if wanted(&String::from_utf8_lossy(&bytes[..end])) {
                fs::write(target.join(object.file_name()), &bytes)?;
            }
        }
    }
    Ok(())
}
