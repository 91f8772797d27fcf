//! Makes an earlier release live again: one small write. It needs no lease, so that it overtakes a
//! build under way; the fence keeps it in order.

use copydesk_schema::access::Topic;
use copydesk_schema::delivered::FORMAT;
use copydesk_schema::hooks::Notice;
use copydesk_schema::release::{Release, ReleaseState, Request, RequestState};
use copydesk_schema::table::ReleaseHead;
use copydesk_schema::{ReleaseNumber, Switch};
use copydesk_store::publishing::Step;

use super::{Left, Worker, shown};
use crate::PublishError;
use crate::bucket::Live;
use crate::switch::{Switched, switch};

impl Worker {
    pub(super) async fn activate(
        &mut self,
        head: ReleaseHead,
        request: Request,
        release: ReleaseNumber,
        live: Option<Live>,
    ) -> Result<Left, PublishError> {
        let Some(record) = self.reader.release(&self.project, release).await? else {
            let error = format!("there is no release {release}");
            return self.end(&head, request, RequestState::Failed, Some(error)).await;
        };
        if !matches!(record.state, ReleaseState::Live | ReleaseState::Superseded) {
            let error = format!("release {release} was never live or is no longer kept");
            return self.end(&head, request, RequestState::Failed, Some(error)).await;
        }
        let Some(number) = request.switch else { return self.begin_activation(head, request, release, live).await };
        let file = self.manifest(release).await?;
        if file.format != FORMAT {
            let error = format!("release {release} is of format {}, which sites do not read any more", file.format);
            return self.end(&head, request, RequestState::Failed, Some(error)).await;
        }
        match switch(&self.bucket, &file, number, None, live).await? {
            Switched::Live => self.finish_activation(head, request, record, number).await,
            Switched::Overtaken => {
                let error = "something later is live already".to_owned();
                self.end(&head, request, RequestState::Failed, Some(error)).await
            }
        }
    }

    /// Gives the activation its switch.
    async fn begin_activation(
        &self,
        head: ReleaseHead,
        request: Request,
        release: ReleaseNumber,
        live: Option<Live>,
    ) -> Result<Left, PublishError> {
        let number = head.last_switch.max(shown(live.as_ref()).1).next();
        let begun = Request { state: RequestState::Building, release: Some(release), switch: Some(number), ..request };
        let next = ReleaseHead { last_switch: number, ..head.clone() };
        let step = Step { head: next, request: Some((begun, "waiting")), ..Step::default() };
        self.publishing.advance(&self.project, &head, step).await?;
        Ok(Left::More)
    }

    async fn finish_activation(
        &self,
        head: ReleaseHead,
        request: Request,
        record: Release,
        number: Switch,
    ) -> Result<Left, PublishError> {
        tracing::info!(project = %self.project, release = %record.release, switch = %number, "live again");
        let release = record.release;
        let mut releases = self.superseded(&head, release).await?;
        let done = Request { state: RequestState::Done, ..request };
        let deliveries = self.messages(&Notice::live(Topic::ReleaseRolledBack, &done, &record), &done).await?;
        releases.push(Release { state: ReleaseState::Live, superseded_at: None, ..record });
        let mut next = ReleaseHead { live: release, switch: number, ..head.clone() };
        next.unsettled.push(release);
        let step = Step { head: next, releases, request: Some((done, "building")), deliveries, ..Step::default() };
        self.advance(&head, step).await?;
        Ok(Left::More)
    }

    /// The record of the release that is live so far, as it is to be; none when it stays live.
    pub(super) async fn superseded(&self, head: &ReleaseHead, by: ReleaseNumber) -> Result<Vec<Release>, PublishError> {
        if head.live == by || head.live == ReleaseNumber::NONE {
            return Ok(Vec::new());
        }
        let before = self.reader.release(&self.project, head.live).await?;
        let superseded_at = Some(self.clock.now());
        let superseded = |release| Release { state: ReleaseState::Superseded, superseded_at, ..release };
        Ok(before.into_iter().map(superseded).collect())
    }
}
