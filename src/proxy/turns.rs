//! Those who change the same thing take turns, first come, first served.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use futures_channel::oneshot::{self, Sender};
use model::Operation;

/// What is being changed, as the operation that reads it, and who waits for it.
#[derive(Clone, Debug, Default)]
pub struct Turns(Arc<Mutex<HashMap<Operation, VecDeque<Sender<Turn>>>>>);

/// The turn to change something. It ends when this is dropped.
#[derive(Debug)]
pub struct Turn {
    turns: Turns,
    subject: Operation,
}

impl Turns {
    /// Waits for the turn to change `subject`. What is only being made waits for nobody.
    pub async fn take(&self, subject: Option<&Operation>) -> Option<Turn> {
        let subject = subject?.clone();
        let handed = {
            let mut waiting = self.waiting();
            if let Some(others) = waiting.get_mut(&subject) {
                let (hand, handed) = oneshot::channel();
                others.push_back(hand);
                handed
            } else {
                waiting.insert(subject.clone(), VecDeque::new());
                return Some(Turn { turns: self.clone(), subject });
            }
        };
        // Whoever is before hands it on, whatever becomes of them.
        handed.await.ok()
    }

    fn waiting(&self) -> MutexGuard<'_, HashMap<Operation, VecDeque<Sender<Turn>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let next = {
            let mut waiting = self.turns.waiting();
            let next = waiting.get_mut(&self.subject).and_then(VecDeque::pop_front);
            if next.is_none() {
                // What nobody changes any more is forgotten.
                waiting.remove(&self.subject);
            }
            next
        };
        if let Some(next) = next {
            let turn = Self { turns: self.turns.clone(), subject: self.subject.clone() };
            // One who has gone drops it, and so hands it on.
            let _ = next.send(turn);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{future::Future, pin::Pin};

    use super::*;
    use crate::testing::{at_once, ready};

    type Waiting<'a> = Pin<Box<dyn Future<Output = Option<Turn>> + 'a>>;

    fn is_there(waiting: &mut Waiting<'_>) -> Option<Turn> {
        at_once(Pin::new(waiting)).map(|turn| turn.expect("there is a subject"))
    }

    #[test]
    fn one_at_a_time_of_each_thing_first_come_first_served() {
        let turns = Turns::default();
        let behaviors = || -> Waiting<'_> { Box::pin(turns.take(Some(&Operation::Behaviors))) };
        let mut all: Vec<Waiting<'_>> = (0..4).map(|_| behaviors()).collect();
        let first = is_there(&mut all[0]).expect("nobody is before it");
        assert!(all[1..].iter_mut().all(|waiting| is_there(waiting).is_none()));
        assert!(ready(turns.take(Some(&Operation::Integrations))).is_some(), "another thing");
        assert!(ready(turns.take(None)).is_none(), "nothing");

        // One goes while it waits, one when it has its turn and does not know yet.
        drop(all.remove(2));
        drop(first);
        drop(all.remove(1));
        let last = is_there(&mut all[1]).expect("it is its turn");
        assert!(is_there(&mut behaviors()).is_none());
        drop(last);
        assert!(turns.waiting().is_empty(), "what is over is forgotten");
    }
}
