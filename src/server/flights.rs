//! Reads under way, so that those that are alike share one call upstream and its answer.
//!
//! - Whoever waits drives it. One who hangs up doesn't end it for the others; when all have, it
//!   ends.
//! - It is forgotten the moment it lands: no answer is kept.
//! - After a change nobody joins a read that began before it.

use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use futures_util::future::{FutureExt, Shared, WeakShared};
use http::Response;
use proxy::forward::Alike;

use crate::{pack::Forms, passing::Begun, room::Taken};

/// What reads must have in common: that they are alike, and whether a large answer is to be held.
pub type Key = (Alike, bool);

/// What a read came to.
pub enum Landed {
    /// An answer that any number of callers can have.
    Whole(Whole),
    /// An answer that passes while it comes, and only once.
    Passing(Box<Begun>),
}

/// An answer and its compressed forms, for all who waited.
#[derive(Clone)]
pub struct Whole {
    pub answer: Response<Bytes>,
    pub forms: Arc<Forms>,
    /// The room that it takes, while anybody has it.
    pub room: Arc<Taken>,
    /// Whether the body is that of a large answer, held as zstd.
    pub is_held: bool,
}

impl From<Response<Bytes>> for Whole {
    fn from(answer: Response<Bytes>) -> Self {
        Self { answer, forms: Arc::default(), room: Arc::default(), is_held: false }
    }
}

/// What it came to, for one who waited.
pub enum Joined {
    Whole(Whole),
    Passing(Box<Begun>),
    /// It passed to somebody else.
    Passed,
}

/// What it came to, for all who waited.
#[derive(Clone)]
enum Shown {
    Whole(Whole),
    Passing(Arc<Mutex<Option<Box<Begun>>>>),
}

type Flight = Pin<Box<dyn Future<Output = Shown> + Send>>;

/// The reads under way, for all who ask.
#[derive(Clone, Default)]
pub struct Flights(Arc<Mutex<Board>>);

#[derive(Default)]
struct Board {
    under_way: HashMap<Key, (u64, WeakShared<Flight>)>,
    /// Tells a flight from the one before it.
    number: u64,
}

impl Flights {
    /// What the read that is under way comes to; `start` starts it where none is.
    pub async fn join<F>(&self, key: Key, start: impl FnOnce() -> F) -> Joined
    where
        F: Future<Output = Landed> + Send + 'static,
    {
        let flight = self.flight(key, start);
        match flight.await {
            Shown::Whole(whole) => Joined::Whole(whole),
            Shown::Passing(begun) => lock(&begun).take().map_or(Joined::Passed, Joined::Passing),
        }
    }

    fn flight<F>(&self, key: Key, start: impl FnOnce() -> F) -> Shared<Flight>
    where
        F: Future<Output = Landed> + Send + 'static,
    {
        let mut board = lock(&self.0);
        let under_way = board.under_way.get(&key);
        if let Some(flight) = under_way.and_then(|(_, flight)| flight.upgrade()) {
            return flight;
        }
        board.number += 1;
        let entry = Entry { flights: self.clone(), key: key.clone(), number: board.number };
        let reading = start();
        let flight: Flight = Box::pin(async move {
            let landed = reading.await;
            drop(entry);
            match landed {
                Landed::Whole(whole) => Shown::Whole(whole),
                Landed::Passing(begun) => Shown::Passing(Arc::new(Mutex::new(Some(begun)))),
            }
        });
        let flight = flight.shared();
        if let Some(weak) = flight.downgrade() {
            let number = board.number;
            board.under_way.insert(key, (number, weak));
        }
        flight
    }

    /// Lets nobody else join those that are under way.
    pub fn part(&self) {
        lock(&self.0).under_way.clear();
    }
}

/// Takes a flight off the board when it lands, and when everybody has left it.
struct Entry {
    flights: Flights,
    key: Key,
    number: u64,
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut board = lock(&self.flights.0);
        if board.under_way.get(&self.key).is_some_and(|(number, _)| *number == self.number) {
            board.under_way.remove(&self.key);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
