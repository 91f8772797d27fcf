//! What is in a data folder that is new: the copy of the demo site, and the studio's own words.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use copydesk_local::demo::COPY;
use copydesk_schema::formats::file::Format;
use copydesk_schema::release::{ReleaseOrder, Request};
use reqwest::Method;
use serde_json::{json, to_value};

use super::{import, publish};
use crate::api::Api;
use crate::args::{Import, Service, Target};

/// Puts the copy into projects and publishes it. Everything else goes on meanwhile.
pub(super) async fn fill(api: SocketAddr, site: SocketAddr, token: PathBuf) {
    let origins = [format!("http://localhost:{}", site.port()), format!("http://{site}")];
    let demo = Seed { project: "demo", name: "The Drowsy Heron (demo)", origins: &origins, copy: &COPY };
    let studio = Seed { project: "copydesk-studio", name: "The studio's own words", origins: &[], copy: &STUDIO };
    for seed in [demo, studio] {
        if let Err(error) = seed.fill(api, &token).await {
            tracing::warn!(error = format!("{error:#}"), project = seed.project, "it has no copy in the project");
        }
    }
}

/// The studio's words in Fluent: by locale and page.
const STUDIO: [(&str, &str); 2] = [
    ("en/studio.ftl", include_str!("../../../web/studio/copy/en/studio.ftl")),
    ("de/studio.ftl", include_str!("../../../web/studio/copy/de/studio.ftl")),
];

/// A project that is there from the start.
struct Seed<'s> {
    project: &'s str,
    name: &'s str,
    origins: &'s [String],
    copy: &'s [(&'s str, &'s str)],
}

impl Seed<'_> {
    async fn fill(&self, api: SocketAddr, token: &Path) -> anyhow::Result<()> {
        let folder = token.with_file_name(self.project);
        let token = fs::read_to_string(token).context("the owner's token cannot be read")?.trim().to_owned();
        for (name, text) in self.copy {
            let file = folder.join(name);
            fs::create_dir_all(file.parent().unwrap_or(&folder))?;
            fs::write(file, text)?;
        }
        let service = Service { url: format!("http://{api}"), token: Some(token), json: true };
        let target = Target { project: self.project.parse()?, service };
        let api = Api::new(&target, &folder)?;
        let import = Import { target, format: Format::Ftl, source: None, dir: folder.clone() };
        let imported = import::bring(&api, &import).await;
        // It can be made again at any time.
        let _ = fs::remove_dir_all(&folder);
        imported?;
        let settings = json!({ "name": self.name, "origins": self.origins });
        api.write::<serde_json::Value>(Method::PATCH, &api.path(""), &settings).await?;
        let order = ReleaseOrder { note: "As it came".to_owned(), ..ReleaseOrder::default() };
        let request: Request = api.write(Method::POST, &api.path("/releases"), &to_value(&order)?).await?;
        publish::follow(&api, request, true).await?;
        Ok(())
    }
}
