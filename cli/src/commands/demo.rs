//! The copy of the demo site, in a data folder that is new.

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

/// Puts the copy into the project `demo` and publishes it. Everything else goes on meanwhile.
pub(super) async fn fill(api: SocketAddr, site: SocketAddr, token: PathBuf) {
    if let Err(error) = try_fill(api, site, &token).await {
        tracing::warn!(error = format!("{error:#}"), "the demo site has no copy but its own");
    }
}

async fn try_fill(api: SocketAddr, site: SocketAddr, token: &Path) -> anyhow::Result<()> {
    let folder = token.with_file_name("demo");
    let token = fs::read_to_string(token).context("the owner's token cannot be read")?.trim().to_owned();
    for (name, text) in COPY {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        fs::write(file, text)?;
    }
    let service = Service { url: format!("http://{api}"), token: Some(token), json: true };
    let target = Target { project: "demo".parse()?, service };
    let api = Api::new(&target, &folder)?;
    let import = Import { target, format: Format::Ftl, source: None, dir: folder.clone() };
    let imported = import::bring(&api, &import).await;
    // It can be made again at any time.
    let _ = fs::remove_dir_all(&folder);
    imported?;
    let origins = [format!("http://localhost:{}", site.port()), format!("http://{site}")];
    let settings = json!({ "name": "The Drowsy Heron (demo)", "origins": origins });
    api.write::<serde_json::Value>(Method::PATCH, &api.path(""), &settings).await?;
    let order = ReleaseOrder { note: "The demo site".to_owned(), ..ReleaseOrder::default() };
    let request: Request = api.write(Method::POST, &api.path("/releases"), &to_value(&order)?).await?;
    publish::follow(&api, request, true).await?;
    Ok(())
}
