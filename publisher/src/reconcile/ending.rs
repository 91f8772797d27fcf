//! How a release ends: live, built again under another number, or failed.

use copydesk_schema::access::Topic;
use copydesk_schema::delivered::ReleaseFile;
use copydesk_schema::hooks::Notice;
use copydesk_schema::release::{Release, ReleaseState, Request, RequestState};
use copydesk_schema::table::ReleaseHead;
use copydesk_store::publishing::Step;

use super::{Left, Worker};
use crate::PublishError;

impl Worker {
    /// Notes that the release is live. `file` is known unless a publisher before this one switched.
    pub(super) async fn finish(
        &mut self,
        mut release: Release,
        file: Option<ReleaseFile>,
    ) -> Result<Left, PublishError> {
        if let Some(file) = file {
            self.remember(file);
        }
        let now = self.clock.now();
        let took = now.0.saturating_sub(release.started_at.0);
        tracing::info!(
            project = %self.project, release = %release.release, cut = %release.cut, switch = %release.switch,
            changed = release.files_changed, millis = took, "live"
        );
        metrics::histogram!("copydesk_publish_seconds").record(std::time::Duration::from_millis(took));
        let (head, request) = self.current(&release).await?;
        let done = Request { state: RequestState::Done, ..request };
        let mut releases = self.superseded(&head, release.release).await?;
        release.state = ReleaseState::Live;
        release.finished_at = Some(now);
        let mut next = ReleaseHead { live: release.release, switch: release.switch, ..head.clone() };
        next.unsettled.push(release.release);
        let deliveries = self.messages(&Notice::live(Topic::ReleaseLive, &done, &release), &done).await?;
        releases.push(release);
        let step = Step { head: next, releases, request: Some((done, "building")), deliveries, ..Step::default() };
        self.advance(&head, step).await?;
        Ok(Left::More)
    }

    /// Gives the release up; its request waits for another number.
    pub(super) async fn again(&self, release: Release, why: &str) -> Result<Left, PublishError> {
        tracing::info!(project = %self.project, release = %release.release, why, "building again");
        let (head, request) = self.current(&release).await?;
        let waiting = Request { state: RequestState::Waiting, release: None, switch: None, ..request };
        self.give_up(&head, release, format!("{why}; it was built again"), waiting).await
    }

    pub(super) async fn fail(&self, release: Release, why: String) -> Result<Left, PublishError> {
        let (head, request) = self.current(&release).await?;
        let failed = Request { state: RequestState::Failed, error: Some(why.clone()), ..request };
        self.give_up(&head, release, why, failed).await
    }

    async fn give_up(
        &self,
        head: &ReleaseHead,
        release: Release,
        why: String,
        request: Request,
    ) -> Result<Left, PublishError> {
        let (state, finished_at) = (ReleaseState::Failed, Some(self.clock.now()));
        let failed = Release { state, finished_at, error: Some(why), ..release };
        let deliveries = match request.state {
            RequestState::Failed => self.messages(&Notice::failed(&request), &request).await?,
            // It is built again.
            _ => Vec::new(),
        };
        let step = Step {
            head: head.clone(),
            releases: vec![failed],
            request: Some((request, "building")),
            deliveries,
            ..Step::default()
        };
        self.advance(head, step).await?;
        Ok(Left::More)
    }

    /// The head and the release's request as they are now.
    async fn current(&self, release: &Release) -> Result<(ReleaseHead, Request), PublishError> {
        let head = self.reader.release_head(&self.project).await?;
        let request = self.reader.request(&self.project, release.request).await?;
        // A request that is not this release's any more is somebody else's to end.
        let request = request.filter(|request| request.release == Some(release.release));
        Ok((head, request.ok_or(PublishError::Moved)?))
    }
}
