//! The keys of one issuer, as they were last fetched.
//!
//! Two clocks run apart. Keys that have become old are fetched anew in the background, and serve on
//! until that succeeds. A key that nobody knows is asked for at once, but after asking in vain not
//! again for a while: made-up key ids must not turn us against the issuer. A fetch that finds the
//! key was no vain one, so a rotation is followed at once, however many follow each other.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use copydesk_process::Clock;
use copydesk_schema::Timestamp;
use jsonwebtoken::Algorithm;
use tokio::sync::OwnedMutexGuard;
use tokio::task::JoinHandle;

use super::KeyPace;
use super::fetch;
use super::jwk::Key;
use super::rejected::Reason;
use super::settings::IssuerSettings;
use super::sign_in;

/// An issuer and its keys.
pub(super) struct Keys {
    pub(super) issuer: IssuerSettings,
    pub(super) endpoints: sign_in::Known,
    web: reqwest::Client,
    clock: Clock,
    pace: KeyPace,
    known: Mutex<Known>,
    /// Held by the one fetch at a time; others who need its result wait for it.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Known {
    keys: Vec<Arc<Key>>,
    /// How many fetches have begun.
    begun: u64,
    /// Which of them was the last to bring keys.
    brought: u64,
    /// When that one began.
    fetched: Option<Timestamp>,
    /// When the last fetch began that was only to make the keys younger.
    refreshed: Option<Timestamp>,
    /// When the last fetch began that did not bring the key that it was for.
    vain: Option<Timestamp>,
}

impl Known {
    fn has(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key.id == id)
    }

    fn find(&self, id: &str, algorithm: Algorithm) -> Result<Arc<Key>, Reason> {
        let key = self.keys.iter().find(|key| key.id == id && key.algorithm == algorithm);
        key.cloned().ok_or(if self.has(id) { Reason::KeyType } else { Reason::UnknownKey })
    }
}

impl Keys {
    pub(super) fn new(issuer: IssuerSettings, web: reqwest::Client, clock: Clock, pace: KeyPace) -> Self {
        Self {
            issuer,
            endpoints: sign_in::Known::default(),
            web,
            clock,
            pace,
            known: Mutex::default(),
            turn: Arc::default(),
        }
    }

    /// What the issuer is asked with.
    pub(super) fn web(&self) -> &reqwest::Client {
        &self.web
    }

    pub(super) fn pace(&self) -> KeyPace {
        self.pace
    }

    /// The key of that id, for that algorithm.
    pub(super) async fn key(self: &Arc<Self>, id: &str, algorithm: Algorithm) -> Result<Arc<Key>, Reason> {
        if self.known().has(id) {
            self.keep_fresh().await;
        } else {
            self.seek(id).await?;
        }
        self.known().find(id, algorithm)
    }

    /// Has old keys fetched anew. Nobody waits for that, except where they are so old that the background
    /// cannot have had its chance: a process that sleeps between requests has none.
    async fn keep_fresh(self: &Arc<Self>) {
        if !self.is_due() {
            return;
        }
        let Ok(turn) = Arc::clone(&self.turn).try_lock_owned() else { return };
        if !self.is_due() {
            return;
        }
        let far_too_old = self.has_passed(self.known().fetched, self.pace.fresh.saturating_mul(2));
        let fetch = self.begin(turn, None);
        if far_too_old {
            // What went wrong is in the log, and the old keys serve.
            let _ = fetch.await;
        }
    }

    fn is_due(&self) -> bool {
        let known = self.known();
        self.has_passed(known.fetched, self.pace.fresh) && self.has_passed(known.refreshed, self.pace.refetch)
    }

    /// Looks for a key that is not known.
    async fn seek(self: &Arc<Self>, id: &str) -> Result<(), Reason> {
        let begun = self.known().begun;
        let turn = Arc::clone(&self.turn).lock_owned().await;
        {
            let known = self.known();
            if known.has(id) {
                return Ok(());
            }
            // Only what was fetched after the token came tells that there is no such key.
            if known.brought > begun {
                return Err(Reason::UnknownKey);
            }
            if !self.has_passed(known.vain, self.pace.refetch) {
                return Err(Reason::Asked);
            }
        }
        let brought = self.begin(turn, Some(id.to_owned())).await.unwrap_or(false);
        if brought { Ok(()) } else { Err(Reason::Unreachable) }
    }

    /// Begins a fetch; it goes on when nobody waits for it any more.
    fn begin(self: &Arc<Self>, turn: OwnedMutexGuard<()>, id: Option<String>) -> JoinHandle<bool> {
        let keys = Arc::clone(self);
        tokio::spawn(async move {
            let _turn = turn;
            keys.fetch(id.as_deref()).await
        })
    }

    /// Fetches, because of that key or because of the time; whether it succeeded. What is known stays
    /// until something else is.
    async fn fetch(&self, id: Option<&str>) -> bool {
        let now = self.clock.now();
        {
            let mut known = self.known();
            known.begun += 1;
            *(if id.is_some() { &mut known.vain } else { &mut known.refreshed }) = Some(now);
        }
        match fetch::keys(&self.web, &self.issuer).await {
            Ok(keys) => {
                tracing::info!(issuer = self.issuer.name, keys = keys.len(), "fetched an issuer's keys");
                let mut known = self.known();
                known.keys = keys.into_iter().map(Arc::new).collect();
                known.brought = known.begun;
                known.fetched = Some(now);
                if id.is_some_and(|id| known.has(id)) {
                    known.vain = None;
                }
                true
            }
            Err(error) => {
                tracing::warn!(issuer = self.issuer.name, %error, "an issuer's keys could not be fetched");
                false
            }
        }
    }

    /// Whether so much time has passed. A clock that was set back has no say.
    fn has_passed(&self, since: Option<Timestamp>, time: Duration) -> bool {
        let Some(since) = since else { return true };
        let now = self.clock.now();
        now < since || u128::from(now.0 - since.0) >= time.as_millis()
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
