//! The folder of a site, and where what is made of it is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context as _, ensure};

/// The files of a site by their place below its folder.
pub(super) struct Files {
    /// Those that are rendered.
    pub(super) html: BTreeMap<String, Vec<u8>>,
    /// Those that are taken as they are.
    pub(super) others: BTreeMap<String, Vec<u8>>,
}

/// By what a change of a file is noticed.
pub(super) type State = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

impl Files {
    /// Reads the folder `input`; `out` must not lie in it, nor it in `out`.
    pub(super) fn read(input: &Path, out: &Path) -> anyhow::Result<Self> {
        let folder = input.canonicalize().with_context(|| format!("{} cannot be read", input.display()))?;
        fs::create_dir_all(out).with_context(|| format!("{} cannot be made", out.display()))?;
        let written = out.canonicalize()?;
        ensure!(
            !written.starts_with(&folder) && !folder.starts_with(&written),
            "{} and {} lie in each other: write to another folder",
            input.display(),
            out.display()
        );
        let (mut html, mut others) = (BTreeMap::new(), BTreeMap::new());
        for path in Self::state(&folder)?.into_keys() {
            let below = path.strip_prefix(&folder).unwrap_or(&path);
            let name = below.to_str().with_context(|| format!("{} is no UTF-8", below.display()))?.replace('\\', "/");
            let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let is_html = path.extension().is_some_and(|ending| ending == "html" || ending == "htm");
            if is_html {
                html.insert(name, bytes)
            } else {
                others.insert(name, bytes)
            };
        }
        ensure!(!html.is_empty(), "there is no HTML file in {}", input.display());
        Ok(Self { html, others })
    }

    /// The files of a folder and of those in it; hidden ones are none of the site's.
    pub(super) fn state(folder: &Path) -> anyhow::Result<State> {
        let mut files = State::new();
        let mut open = vec![folder.to_owned()];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).with_context(|| format!("{} cannot be read", folder.display()))? {
                let (path, name) = entry.map(|entry| (entry.path(), entry.file_name()))?;
                if name.to_string_lossy().starts_with('.') {
                    continue;
                }
                let about = fs::metadata(&path)?;
                if about.is_dir() {
                    open.push(path);
                } else {
                    files.insert(path, (about.modified().ok(), about.len()));
                }
            }
        }
        Ok(files)
    }
}

/// What an earlier run wrote into a folder, one path a line: only what is in here is ever removed.
const WRITTEN: &str = ".copydesk-render";

/// Removes what an earlier run wrote and this one did not: files of a page or a locale that is gone. How many.
pub(super) fn remove_gone(out: &Path, written: &BTreeSet<String>) -> anyhow::Result<usize> {
    let list = out.join(WRITTEN);
    let before = fs::read_to_string(&list).unwrap_or_default();
    let is_below = |path: &str| Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    let mut removed = 0;
    for path in before.lines().filter(|path| is_below(path) && !written.contains(*path)) {
        match fs::remove_file(out.join(path)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            gone => {
                gone.with_context(|| format!("{path} in {} cannot be removed", out.display()))?;
                removed += 1;
            }
        }
    }
    let lines: Vec<&str> = written.iter().map(String::as_str).collect();
    write(&list, (lines.join("\n") + "\n").as_bytes())
        .with_context(|| format!("{} cannot be written", list.display()))?;
    Ok(removed)
}

/// Writes a file whole, so that whoever serves the folder never finds half of it. `false` when it was so already.
pub(super) fn write(file: &Path, bytes: &[u8]) -> io::Result<bool> {
    if fs::read(file).is_ok_and(|before| before == bytes) {
        return Ok(false);
    }
    fs::create_dir_all(file.parent().unwrap_or(Path::new("")))?;
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".copydesk");
    let beside = file.with_file_name(name);
    fs::write(&beside, bytes)?;
    fs::rename(&beside, file)?;
    Ok(true)
}
