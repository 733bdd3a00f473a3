//! Those who change the same thing take turns, first come, first served.

use std::{
    cell::RefCell,
    collections::HashMap,
    sync::{Arc, Weak},
};

use futures_util::lock::{Mutex, OwnedMutexGuard};
use model::Operation;

/// What is being changed, as the operation that reads it.
#[derive(Default)]
pub struct Turns(RefCell<HashMap<Operation, Weak<Mutex<()>>>>);

impl Turns {
    /// Waits for the turn to change `subject`, which ends with what this returns. What is only
    /// being made waits for nobody.
    pub async fn take(&self, subject: Option<&Operation>) -> Option<OwnedMutexGuard<()>> {
        let turn = self.of(subject?);
        Some(turn.lock_owned().await)
    }

    fn of(&self, subject: &Operation) -> Arc<Mutex<()>> {
        let mut turns = self.0.borrow_mut();
        // What nobody changes any more is forgotten.
        turns.retain(|_, turn| turn.strong_count() > 0);
        let known = turns.get(subject).and_then(Weak::upgrade);
        known.unwrap_or_else(|| {
            let turn = Arc::default();
            turns.insert(subject.clone(), Arc::downgrade(&turn));
            turn
        })
    }
}
