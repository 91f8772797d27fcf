//! Messages to webhooks, in the shape of Standard Webhooks: `{ "type", "timestamp", "data" }`.

mod addresses;
mod guard;

use serde_json::{Map, Value, json};

use crate::access::{Delivery, DeliveryState, HookInfo, Topic};
use crate::release::{Release, Request};
use crate::structure::Structure;
use crate::structure::access::existing;
use crate::table::{DeliveryItem, attributes};
use crate::{Actor, Change, HookId, ProjectId, Seq, Timestamp};

pub use addresses::is_allowed;
pub use guard::{Reach, Refused, check_url};

/// How long the history of messages goes back, in seconds.
const KEPT_SECONDS: u64 = 30 * 24 * 60 * 60;

/// Something that webhooks are told.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What it is about.
    pub topic: Topic,
    /// Its particulars.
    pub data: Map<String, Value>,
    /// Only this webhook is told; every one that hears the topic when absent.
    pub only: Option<HookId>,
}

impl Notice {
    fn new(topic: Topic, data: Value) -> Self {
        let data = if let Value::Object(data) = data { data } else { Map::new() };
        Self { topic, data, only: None }
    }

    /// What a change means to webhooks; `structure` is as the change left it.
    pub fn of_change(change: &Change, by: &Actor, structure: &Structure) -> Option<Self> {
        let by = json!({ "subject": by.subject, "name": by.name });
        match change {
            Change::MemberPut { subject, info } => {
                let member = json!({ "subject": subject, "name": info.name, "role": info.grant.role, "locales": info.grant.locales });
                Some(Self::new(Topic::MemberChanged, json!({ "member": member, "by": by })))
            }
            Change::MemberRemoved { subject } => {
                let data = json!({ "member": { "subject": subject }, "by": by });
                Some(Self::new(Topic::MemberRemoved, data))
            }
            Change::HookPut { hook, .. } => {
                let is_new = structure.access.hooks.get(hook).is_some_and(|head| head.seq == head.born);
                let ping = Self::new(Topic::Ping, json!({ "by": by }));
                is_new.then(|| Self { only: Some(hook.clone()), ..ping })
            }
            _ => None,
        }
    }

    /// That a request ended well: a release is live, for the first time or again.
    pub fn live(topic: Topic, request: &Request, release: &Release) -> Self {
        let data = json!({
            "release": release.release, "request": request.request, "switch": request.switch, "cut": release.cut,
            "note": release.note, "files_changed": release.files_changed,
            "by": { "subject": request.by.subject, "name": request.by.name },
        });
        Self::new(topic, data)
    }

    /// That a request could not be done.
    pub fn failed(request: &Request) -> Self {
        let data = json!({
            "request": request.request, "release": request.release, "error": request.error,
            "by": { "subject": request.by.subject, "name": request.by.name },
        });
        Self::new(Topic::ReleaseFailed, data)
    }

    /// The messages that tell of it: one for each webhook that hears it.
    pub fn deliveries<'h>(
        &self,
        hooks: impl IntoIterator<Item = (&'h HookId, &'h HookInfo)>,
        project: &ProjectId,
        seq: Seq,
        at: Timestamp,
    ) -> Vec<DeliveryItem> {
        let meant = |hook: &HookId| self.only.as_ref().is_none_or(|only| only == hook);
        let hooks = hooks.into_iter().filter(|(hook, info)| info.hears(self.topic) && meant(hook));
        hooks.map(|(hook, _)| self.delivery(hook, project, seq, at)).collect()
    }

    fn delivery(&self, hook: &HookId, project: &ProjectId, seq: Seq, at: Timestamp) -> DeliveryItem {
        let mut data = self.data.clone();
        data.insert("project".to_owned(), json!(project));
        let body = json!({ "type": self.topic, "timestamp": at, "data": data }).to_string();
        DeliveryItem {
            project: project.clone(),
            hook: hook.clone(),
            seq,
            delivery: Delivery {
                id: format!("{project}-{seq}"),
                topic: self.topic,
                body,
                at,
                state: DeliveryState::Waiting,
                tries: Vec::new(),
            },
            since: at,
            job: Some(attributes::HOOKS.to_owned()),
            job_due: Some(at.0),
            ttl: at.0 / 1000 + KEPT_SECONDS,
        }
    }
}

/// The webhooks that a project has.
pub fn hooks(structure: &Structure) -> impl Iterator<Item = (&HookId, &HookInfo)> {
    existing(&structure.access.hooks).map(|(hook, head)| (hook, &head.info))
}
