//! Messages to webhooks: found when they are due, claimed, sent, and tried again until they are taken or
//! given up. Any number of publishers may do this at once; a message can arrive twice, never not at all.

pub mod guard;
pub mod send;
pub mod sign;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use copydesk_process::Clock;
use copydesk_schema::access::{DeliveryState, HookInfo, Try};
use copydesk_schema::hooks::Reach;
use copydesk_schema::table::{DeliveryItem, HeadItem, HookSecretItem, HookStatusItem, Key, Thing};
use copydesk_schema::{HookId, Seq, Timestamp};
use copydesk_store::{Messages, Reader, StoreError};
use tokio::sync::Notify;
use tokio::task::JoinSet;

pub use send::{Answer, Sender, Timing};
pub use sign::Secret;

/// Messages on their way at once, and to one webhook.
const AT_ONCE: usize = 64;
const AT_ONCE_FOR_ONE: usize = 4;
/// Messages that are looked at at once.
const LOOKED_AT: usize = 4 * AT_ONCE;
/// For how long a message waits whose webhook is busy.
const PUT_OFF: Duration = Duration::from_secs(1);
/// Tries that a message remembers.
const TRIES: usize = 20;

/// Where webhooks may be, and how messages are tried.
#[derive(Clone)]
pub struct Hooks {
    /// Where they may be.
    pub reach: Reach,
    /// Sends one message.
    pub sender: Sender,
    /// How long after the first try that failed comes the next; each pause is four times the one before.
    pub first_pause: Duration,
    /// The longest pause.
    pub longest_pause: Duration,
    /// How long a message is tried.
    pub patience: Duration,
    /// After so many messages in a row that were given up, nothing more is sent.
    pub given_up: u32,
    /// For how long a message that is on its way is left alone by others: longer than any try takes.
    pub claim: Duration,
}

impl Hooks {
    /// The usual pauses, for a day.
    pub fn new(reach: Reach) -> anyhow::Result<Self> {
        Ok(Self {
            reach,
            sender: Sender::new(reach, Timing::default())?,
            first_pause: Duration::from_secs(5),
            longest_pause: Duration::from_hours(4),
            patience: Duration::from_hours(24),
            given_up: 3,
            claim: Duration::from_secs(30),
        })
    }

    /// The pause after so many tries, up to a fifth shorter so that messages do not come in step.
    fn pause(&self, tries: usize) -> Duration {
        let grown = u32::try_from(tries.saturating_sub(1)).unwrap_or(u32::MAX).min(12);
        let pause = self.first_pause.saturating_mul(4_u32.saturating_pow(grown)).min(self.longest_pause);
        pause.mul_f64(1.0 - fastrand::f64() / 5.0)
    }
}

/// Delivers messages.
pub(crate) struct Deliverer {
    post: Arc<Post>,
    woken: Arc<Notify>,
}

/// What every delivery stands on.
struct Post {
    reader: Reader,
    messages: Messages,
    hooks: Hooks,
    clock: Clock,
}

impl Deliverer {
    pub(crate) fn new(reader: Reader, messages: Messages, hooks: Hooks, clock: Clock, woken: Arc<Notify>) -> Self {
        Self { post: Arc::new(Post { reader, messages, hooks, clock }), woken }
    }

    /// Works for ever: when woken, when something is due, and every `sweep` for what was missed.
    pub(crate) async fn run(self, sweep: Duration) {
        let mut on_their_way: JoinSet<HookId> = JoinSet::new();
        let mut busy: HashMap<HookId, usize> = HashMap::new();
        let mut wait = Duration::ZERO;
        loop {
            tokio::select! {
                () = self.woken.notified() => {}
                () = tokio::time::sleep(wait) => {}
                Some(done) = on_their_way.join_next() => if let Ok(hook) = done {
                    release(&mut busy, &hook);
                }
            }
            wait = match self.round(&mut on_their_way, &mut busy, sweep).await {
                Ok(wait) => wait,
                Err(error) => {
                    tracing::warn!(%error, "messages to webhooks wait for the next look");
                    sweep
                }
            };
        }
    }

    /// Sends what is due by now, and waits until it was tried.
    pub(crate) async fn once(&self) -> Result<(), StoreError> {
        let (mut on_their_way, mut busy) = (JoinSet::new(), HashMap::new());
        loop {
            self.round(&mut on_their_way, &mut busy, PUT_OFF).await?;
            if on_their_way.is_empty() {
                return Ok(());
            }
            while let Some(done) = on_their_way.join_next().await {
                if let Ok(hook) = done {
                    release(&mut busy, &hook);
                }
            }
        }
    }

    /// Sends what is due; returns how long nothing else will be.
    async fn round(
        &self,
        on_their_way: &mut JoinSet<HookId>,
        busy: &mut HashMap<HookId, usize>,
        sweep: Duration,
    ) -> Result<Duration, StoreError> {
        let now = self.post.clock.now();
        let mut next = later(now, sweep);
        for item in self.post.reader.due_deliveries(next, LOOKED_AT).await? {
            let due = Timestamp(item.job_due.unwrap_or_default());
            if due > now {
                next = next.min(due);
                break;
            }
            if on_their_way.len() >= AT_ONCE {
                // Whoever comes back makes room.
                break;
            }
            let waiting = busy.entry(item.hook.clone()).or_default();
            if *waiting >= AT_ONCE_FOR_ONE {
                // It has had its share: out of the others' way for a moment.
                self.post.put_off(item).await?;
                next = next.min(later(now, PUT_OFF));
                continue;
            }
            if let Some(claimed) = self.post.claim(item).await? {
                *waiting += 1;
                let (post, hook) = (Arc::clone(&self.post), claimed.hook.clone());
                on_their_way.spawn(async move {
                    post.deliver(claimed).await;
                    hook
                });
            }
        }
        Ok(Duration::from_millis(next.0.saturating_sub(now.0).max(1)))
    }
}

fn release(busy: &mut HashMap<HookId, usize>, hook: &HookId) {
    if let Some(waiting) = busy.get_mut(hook) {
        *waiting -= 1;
        if *waiting == 0 {
            busy.remove(hook);
        }
    }
}

fn later(now: Timestamp, by: Duration) -> Timestamp {
    now.plus_millis(u64::try_from(by.as_millis()).unwrap_or(u64::MAX))
}

impl Post {
    /// Takes a message on, unless somebody else did.
    async fn claim(&self, item: DeliveryItem) -> Result<Option<DeliveryItem>, StoreError> {
        let seen = item.job_due;
        let claimed = DeliveryItem { job_due: Some(later(self.clock.now(), self.hooks.claim).0), ..item };
        Ok(self.messages.advance(&claimed, seen).await?.then_some(claimed))
    }

    /// Has a message wait a little: it is not tried.
    async fn put_off(&self, item: DeliveryItem) -> Result<(), StoreError> {
        let seen = item.job_due;
        let waiting = DeliveryItem { job_due: Some(later(self.clock.now(), PUT_OFF).0), ..item };
        self.messages.advance(&waiting, seen).await.map(drop)
    }

    async fn deliver(&self, item: DeliveryItem) {
        let (project, hook, seq) = (item.project.clone(), item.hook.clone(), item.seq);
        if let Err(error) = self.try_once(item).await {
            tracing::warn!(%project, %hook, %seq, %error, "what became of a message is not noted; it is sent again");
        }
    }

    async fn try_once(&self, item: DeliveryItem) -> Result<(), StoreError> {
        let key = Key::Hook(&item.project, &item.hook);
        let (head, secret, status) = futures::try_join!(
            self.reader.head(&key),
            self.reader.hook_secret(&item.project, &item.hook),
            self.reader.hook_status(&item.project, &item.hook),
        )?;
        let Some((head, info)) = head.and_then(listening) else {
            return self.close(item, "the webhook was removed or switched off").await;
        };
        if let Some(stopped) = status.stopped.filter(|_| status.hook_seq == head.seq) {
            return self.close(item, &stopped).await;
        }
        let Some(secret) = secret else { return self.close(item, "the webhook has no secret").await };
        let now = self.clock.now();
        let body = Bytes::from(item.delivery.body.clone());
        let answer =
            self.hooks.sender.send(&info.url, &item.delivery.id, now.0 / 1000, &body, &secrets(&secret, now)).await;
        self.note(item, head.seq, answer, now).await
    }

    /// Notes what a try came to, and how the webhook is doing.
    async fn note(&self, mut item: DeliveryItem, hook: Seq, answer: Answer, at: Timestamp) -> Result<(), StoreError> {
        let seen = item.job_due;
        let (status, error) = match &answer {
            Answer::Accepted(status) | Answer::Refused { status } => (Some(*status), None),
            Answer::Gone => (Some(410), None),
            Answer::Failed { reason } => (None, Some(reason.clone())),
        };
        let tries = &mut item.delivery.tries;
        remember(tries, Try { at, status, error });
        let again = later(at, self.hooks.pause(tries.iter().filter(|one| one.at >= item.since).count()));
        let ended = match answer {
            Answer::Accepted(_) => Some(Ended::Taken),
            Answer::Gone => Some(Ended::Gone),
            _ if later(item.since, self.hooks.patience) < at => Some(Ended::GivenUp),
            _ => None,
        };
        match ended {
            Some(Ended::Taken) => end(&mut item, DeliveryState::Delivered),
            Some(_) => end(&mut item, DeliveryState::Failed),
            None => item.job_due = Some(again.0),
        }
        // A message that somebody had sent once more says nothing about the others.
        let counts = item.since == item.delivery.at || !matches!(ended, Some(Ended::GivenUp));
        if let Some(ended) = ended.filter(|_| counts) {
            self.note_hook(&item, hook, ended).await?;
        }
        tracing::debug!(project = %item.project, hook = %item.hook, state = ?item.delivery.state, "a message was tried");
        self.messages.advance(&item, seen).await.map(drop)
    }

    /// Notes how a webhook is doing, together with whoever else does.
    async fn note_hook(&self, item: &DeliveryItem, hook: Seq, ended: Ended) -> Result<(), StoreError> {
        loop {
            let known = self.reader.hook_status(&item.project, &item.hook).await?;
            let next = ended.after(known.clone(), hook, self.hooks.given_up);
            if next == known || self.messages.put_status(&item.project, &item.hook, next).await? {
                return Ok(());
            }
        }
    }

    /// Gives a message up without trying.
    async fn close(&self, mut item: DeliveryItem, why: &str) -> Result<(), StoreError> {
        let seen = item.job_due;
        remember(&mut item.delivery.tries, Try { at: self.clock.now(), status: None, error: Some(why.to_owned()) });
        end(&mut item, DeliveryState::Failed);
        self.messages.advance(&item, seen).await.map(drop)
    }
}

fn remember(tries: &mut Vec<Try>, new: Try) {
    tries.push(new);
    tries.drain(..tries.len().saturating_sub(TRIES));
}

/// How a message ended.
#[derive(Clone, Copy)]
enum Ended {
    Taken,
    GivenUp,
    Gone,
}

impl Ended {
    /// How the webhook is doing after that, in the state that its event `hook` left it in.
    fn after(self, known: HookStatusItem, hook: Seq, most: u32) -> HookStatusItem {
        let HookStatusItem { version, given_up, stopped, hook_seq } = known;
        if hook_seq > hook {
            // It was saved anew since.
            return HookStatusItem { version, given_up, stopped, hook_seq };
        }
        let (given_up, stopped) = if hook_seq == hook { (given_up, stopped) } else { (0, None) };
        let (given_up, why) = match self {
            Self::Taken => (0, None),
            Self::GivenUp if given_up + 1 >= most => {
                (given_up + 1, Some(format!("{} messages in a row could not be delivered", given_up + 1)))
            }
            Self::GivenUp => (given_up + 1, None),
            Self::Gone => (given_up, Some("it answered 410: nothing more is wanted".to_owned())),
        };
        HookStatusItem { version, given_up, stopped: stopped.or(why), hook_seq: hook }
    }
}

fn end(item: &mut DeliveryItem, state: DeliveryState) {
    item.delivery.state = state;
    item.job = None;
    item.job_due = None;
}

/// A webhook that is there and wants messages.
fn listening(head: HeadItem) -> Option<(HeadItem, HookInfo)> {
    match &head.thing {
        Thing::Hook { info, .. } if !head.deleted && info.enabled => {
            let info = info.clone();
            Some((head, info))
        }
        _ => None,
    }
}

/// The secret, and those before while receivers may not have the new one.
fn secrets(kept: &HookSecretItem, now: Timestamp) -> Vec<Secret> {
    let before = kept.before.iter().filter(|old| old.until > now).map(|old| &old.secret);
    std::iter::once(&kept.secret).chain(before).filter_map(|text| Secret::parse(text).ok()).collect()
}
