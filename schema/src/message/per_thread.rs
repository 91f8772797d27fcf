//! What is costly to make and cannot be shared between threads: every thread keeps its own, by key.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// How many keys a thread remembers before it starts over. Keys may come from users.
const REMEMBERED: usize = 256;

/// Values by key, also those that could not be made.
pub(crate) struct PerThread<V>(RefCell<HashMap<String, Option<Rc<V>>>>);

impl<V> Default for PerThread<V> {
    fn default() -> Self {
        Self(RefCell::new(HashMap::new()))
    }
}

impl<V> PerThread<V> {
    /// The value of the key, made now if this thread did not yet try to.
    pub(crate) fn get(&self, key: &str, make: impl FnOnce() -> Option<V>) -> Option<Rc<V>> {
        if let Some(known) = self.0.borrow().get(key) {
            return known.clone();
        }
        let value = make().map(Rc::new);
        let mut known = self.0.borrow_mut();
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(key.to_owned(), value.clone());
        value
    }
}
