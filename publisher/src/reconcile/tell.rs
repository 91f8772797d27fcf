//! Webhooks are told how a request ended, in the transaction that ends it: once, and never of what did
//! not happen.

use copydesk_schema::hooks::Notice;
use copydesk_schema::release::Request;
use copydesk_schema::table::{DeliveryItem, KeyRange, Thing};

use super::Worker;
use crate::PublishError;

impl Worker {
    pub(super) async fn messages(&self, notice: &Notice, request: &Request) -> Result<Vec<DeliveryItem>, PublishError> {
        let heads = self.reader.heads(&KeyRange::hooks(&self.project)).await?;
        let hooks = heads.iter().filter(|head| !head.deleted).filter_map(|head| match &head.thing {
            Thing::Hook { hook, info } => Some((hook, info)),
            _ => None,
        });
        Ok(notice.deliveries(hooks, &self.project, request.request, self.clock.now()))
    }
}
