//! What was looked up lately: roles, API tokens, origins. Kept for seconds, and forgotten at once in
//! the process that changes it.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use copydesk_schema::table::{Key, Thing, TokenItem};
use copydesk_schema::{Grant, Origin, ProjectId, Subject, Timestamp, TokenId};
use copydesk_store::{Reader, StoreError};

/// Things of one kind that are kept; forgotten all at once when there are more.
const MOST: usize = 10_000;

/// What was looked up lately. Cheap to clone; all clones share it.
#[derive(Clone)]
pub struct Kept {
    age: Duration,
    grants: Shelf<(ProjectId, Subject), Option<Grant>>,
    tokens: Shelf<TokenId, Option<TokenItem>>,
    origins: Shelf<ProjectId, BTreeSet<Origin>>,
}

impl Kept {
    /// Keeps things for `age`: how late a change in another process is noticed.
    pub fn new(age: Duration) -> Self {
        Self { age, grants: Shelf::default(), tokens: Shelf::default(), origins: Shelf::default() }
    }

    /// What somebody may do in a project; `None` for nothing, whether it exists or not.
    pub(crate) async fn grant(
        &self,
        reader: &Reader,
        project: &ProjectId,
        subject: &Subject,
    ) -> Result<Option<Grant>, StoreError> {
        let look = async {
            let member = reader.member(project, subject).await?;
            Ok(member.filter(|head| !head.deleted).map(|head| head.info.grant))
        };
        self.grants.get((project.clone(), subject.clone()), self.age, look).await
    }

    pub(crate) async fn token(&self, reader: &Reader, token: &TokenId) -> Result<Option<TokenItem>, StoreError> {
        self.tokens.get(token.clone(), self.age, reader.token(token)).await
    }

    pub(crate) async fn origins(&self, reader: &Reader, project: &ProjectId) -> Result<BTreeSet<Origin>, StoreError> {
        let look = async {
            let head = reader.head(&Key::Project(project)).await?.filter(|head| !head.deleted);
            Ok(match head.map(|head| head.thing) {
                Some(Thing::Project(info)) => info.settings.origins,
                _ => BTreeSet::new(),
            })
        };
        self.origins.get(project.clone(), self.age, look).await
    }

    /// Remembers that the use of a token was noted.
    pub(crate) fn token_used(&self, token: &TokenId, at: Timestamp) {
        self.tokens.change(token, |item| {
            if let Some(item) = item {
                item.used = Some(at);
            }
        });
    }

    /// Forgets what depends on a project's people, tokens and settings.
    pub(crate) fn forget(&self, project: &ProjectId) {
        self.grants.forget(|(of, _)| of == project);
        self.tokens.forget(|_| true);
        self.origins.forget(|of| of == project);
    }
}

struct Things<K, V> {
    found: HashMap<K, (Instant, V)>,
    /// Counts what was forgotten: a look that began before must not bring it back.
    forgotten: u64,
}

struct Shelf<K, V>(Arc<Mutex<Things<K, V>>>);

impl<K, V> Clone for Shelf<K, V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Things { found: HashMap::new(), forgotten: 0 })))
    }
}

impl<K: Eq + Hash, V: Clone> Shelf<K, V> {
    async fn get(
        &self,
        key: K,
        age: Duration,
        look: impl Future<Output = Result<V, StoreError>>,
    ) -> Result<V, StoreError> {
        let (began, forgotten) = (Instant::now(), {
            let things = self.lock();
            if let Some((at, value)) = things.found.get(&key).filter(|(at, _)| at.elapsed() < age) {
                tracing::trace!(age = ?at.elapsed(), "known");
                return Ok(value.clone());
            }
            things.forgotten
        });
        let value = look.await?;
        let mut things = self.lock();
        if things.forgotten == forgotten {
            if things.found.len() >= MOST {
                things.found.clear();
            }
            things.found.insert(key, (began, value.clone()));
        }
        Ok(value)
    }

    fn change(&self, key: &K, change: impl FnOnce(&mut V)) {
        if let Some((_, value)) = self.lock().found.get_mut(key) {
            change(value);
        }
    }

    fn forget(&self, which: impl Fn(&K) -> bool) {
        let mut things = self.lock();
        things.forgotten += 1;
        things.found.retain(|key, _| !which(key));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Things<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
