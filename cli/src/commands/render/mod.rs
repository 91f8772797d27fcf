//! Fills static HTML with what is live, in every locale: what search engines and visitors without scripts see.
//! Only delivered files are asked for.

mod files;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use copydesk_render::{Addresses, Site, Template, sitemaps};
use copydesk_schema::delivered::LiveManifest;
use copydesk_schema::{Locale, Switch};

use crate::args::Render;
use crate::delivered::Delivered;
use files::{Files, State};

/// What became of a run.
#[derive(Default)]
struct Done {
    /// The files that are there now.
    written: BTreeSet<String>,
    changed: usize,
    filled: usize,
    /// What stays as the host wrote it, and the locales in which it does.
    kept: BTreeMap<String, Vec<Locale>>,
}

pub(super) async fn run(args: Render) -> anyhow::Result<ExitCode> {
    let delivered = Delivered::at(&args.from)?;
    let live = delivered.live().await?;
    let shown = (live.switch, Files::state(&args.input)?);
    println!("{}", once(&args, &delivered, &live).await?);
    if args.watch {
        watch(&args, &delivered, shown).await;
    }
    Ok(ExitCode::SUCCESS)
}

/// Goes on until the process is ended.
async fn watch(args: &Render, delivered: &Delivered, mut shown: (Switch, State)) {
    loop {
        tokio::time::sleep(Duration::from_secs(args.every)).await;
        match again(args, delivered, &shown).await {
            Ok(Some((now, said))) => {
                println!("{said}");
                shown = now;
            }
            Ok(None) => {}
            // What was written stays; the next look may succeed.
            Err(error) => eprintln!("{error:#}"),
        }
    }
}

/// Renders again if anything has changed since.
async fn again(
    args: &Render,
    delivered: &Delivered,
    shown: &(Switch, State),
) -> anyhow::Result<Option<((Switch, State), String)>> {
    let (live, state) = (delivered.live().await?, Files::state(&args.input)?);
    // A cache may still answer with what was live before.
    if live.switch < shown.0 || shown == &(live.switch, state.clone()) {
        return Ok(None);
    }
    let said = once(args, delivered, &live).await?;
    Ok(Some(((live.switch, state), said)))
}

async fn once(args: &Render, delivered: &Delivered, live: &LiveManifest) -> anyhow::Result<String> {
    let locales = args.locales.clone().unwrap_or_else(|| live.locales.clone());
    let pages = delivered.pages(live, &locales).await?;
    let files = Files::read(&args.input, &args.out)?;
    let addresses = if args.clean_urls { Addresses::Clean } else { Addresses::Files };
    let paths = files.html.keys().cloned();
    let site = Site::new(&args.site, addresses, live.source.clone(), locales.clone(), paths, pages)?;
    let mut done = Done::default();
    for (path, html) in &files.html {
        let template = Template::read(html, path)?;
        for locale in &locales {
            let rendered = template.render(locale, &site);
            done.write(&args.out, &site.place(path, locale), rendered.html.as_bytes())?;
            done.filled += rendered.report.filled;
            for kept in rendered.report.kept {
                done.kept.entry(format!("{path}, {kept}")).or_default().push(locale.clone());
            }
        }
    }
    for (path, bytes) in &files.others {
        done.write(&args.out, path, bytes)?;
    }
    for (name, xml) in sitemaps(files.html.keys().map(String::as_str), &site) {
        done.write(&args.out, &name, xml.as_bytes())?;
    }
    ensure!(done.filled > 0, "nothing in {} is filled: tag elements with data-copy", args.input.display());
    let removed = files::remove_gone(&args.out, &done.written)?;
    for (what, kept) in &done.kept {
        let locales: Vec<&str> = kept.iter().map(Locale::as_str).collect();
        eprintln!(
            "{what} ({})",
            if kept.len() == site.locales().len() { "all".to_owned() } else { locales.join(", ") }
        );
    }
    Ok(format!(
        "release {}: {} entries filled in {} locales; {} of {} files in {} changed, {removed} removed",
        live.release,
        done.filled,
        locales.len(),
        done.changed,
        done.written.len(),
        args.out.display()
    ))
}

impl Done {
    fn write(&mut self, out: &Path, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let file = out.join(path);
        self.written.insert(path.to_owned());
        self.changed += usize::from(files::write(&file, bytes).with_context(|| format!("{}", file.display()))?);
        Ok(())
    }
}
