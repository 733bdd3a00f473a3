//! Those who change the same thing take turns, first come, first served.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, Weak},
};

use model::Operation;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// What is being changed, as the operation that reads it.
#[derive(Clone, Default)]
pub struct Turns(Arc<std::sync::Mutex<HashMap<Operation, Weak<Mutex<()>>>>>);

impl Turns {
    /// Waits for the turn to change `subject`, which ends with what this returns. What is only
    /// being made waits for nobody.
    pub async fn take(&self, subject: Option<&Operation>) -> Option<OwnedMutexGuard<()>> {
        let turn = self.of(subject?);
        Some(turn.lock_owned().await)
    }

    fn of(&self, subject: &Operation) -> Arc<Mutex<()>> {
        let mut turns = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::timeout;

    use super::*;

    #[tokio::test]
    async fn one_at_a_time_of_each_thing() {
        let turns = Turns::default();
        let user = Operation::User("9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10".parse().unwrap());
        let is_free =
            async |subject| timeout(Duration::from_millis(1), turns.take(subject)).await.is_ok();
        let behaviors = turns.take(Some(&Operation::Behaviors)).await;
        assert!(!is_free(Some(&Operation::Behaviors)).await);
        assert!(is_free(Some(&user)).await && is_free(None).await && is_free(None).await);
        drop(behaviors);
        assert!(is_free(Some(&Operation::Behaviors)).await);
        let _user = turns.take(Some(&user)).await;
        assert_eq!(turns.0.lock().unwrap().len(), 1, "what is over is forgotten");
    }
}
