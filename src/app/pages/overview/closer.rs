//! Reading the events of the people of incidents, one after another: those of incidents that the
//! summary alone told come first, then whoever's last event is the latest.
//!
//! It keeps within the limit for a caller (120 requests a minute) and so within the vendor's (1,200
//! in five minutes), stops when it is told to or the page goes, and waits where Cloudflare asks to.

use std::{collections::HashMap, sync::Arc, time::Duration};

use columns::View;
use incidents::{Incident, Person};
use leptos::prelude::*;
use model::{UserId, UserRiskInfo};

use crate::data;

/// How many people are read at most: what a quarter of an hour allows.
const MOST: usize = 1_000;
/// The first ones are read without a pause.
const AT_ONCE: usize = 40;
const PAUSE: Duration = Duration::from_millis(800);
/// How many are read between two looks at what agrees.
const BETWEEN_LOOKS: usize = 10;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub read: usize,
    pub of: usize,
    pub failed: usize,
    pub runs: bool,
}

#[derive(Clone, Copy)]
pub struct Closer {
    /// What was read, by person.
    known: StoredValue<HashMap<UserId, Person>>,
    queue: StoredValue<Vec<(UserId, Person)>>,
    /// The number of the run: one that was stopped finds another.
    run: StoredValue<u32>,
    pub progress: RwSignal<Option<Progress>>,
    /// Changes when it is worth looking again at what agrees.
    pub looks: RwSignal<u32>,
}

impl Closer {
    pub fn new() -> Self {
        let closer = Self {
            known: StoredValue::default(),
            queue: StoredValue::default(),
            run: StoredValue::new(0),
            progress: RwSignal::new(None),
            looks: RwSignal::new(0),
        };
        on_cleanup(move || {
            // The values may be gone with their owner already.
            closer.run.try_update_value(|run| *run += 1);
        });
        closer
    }

    /// What is known of each person of the view, in its order.
    pub fn people(&self, view: &View) -> Vec<Person> {
        self.known.with_value(|known| {
            let person = |row: &UserRiskInfo| {
                let mut person = Person::from(row);
                if let Some(read) = row.user_id.and_then(|id| known.get(&id)) {
                    person.take_events(read);
                }
                person
            };
            view.rows.iter().map(person).collect()
        })
    }

    /// Reads whoever was not read yet.
    pub fn start(self, view: &Arc<View>, found: &[Incident]) {
        let members = found.iter().flat_map(|incident| &incident.moments).map(|(_, who)| *who);
        let mut queue: Vec<(UserId, Person)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for who in members.chain(0..view.rows.len()) {
            let Some(id) = view.rows[who].user_id else { continue };
            let read = self.known.with_value(|known| known.contains_key(&id));
            if !read && seen.insert(id) {
                queue.push((id, Person::from(&view.rows[who])));
            }
        }
        queue.truncate(MOST);
        queue.reverse();
        let of = queue.len();
        self.queue.set_value(queue);
        self.run.update_value(|run| *run += 1);
        self.progress.set(Some(Progress { read: 0, of, failed: 0, runs: true }));
        self.next(self.run.get_value());
    }

    pub fn stop(self) {
        self.run.update_value(|run| *run += 1);
        self.end();
    }

    fn end(self) {
        self.progress.update(|progress| {
            if let Some(progress) = progress {
                progress.runs = false;
            }
        });
        self.looks.update(|looks| *looks += 1);
    }

    fn next(self, run: u32) {
        if self.run.try_get_value() != Some(run) {
            return;
        }
        let next = self.queue.try_update_value(Vec::pop).flatten();
        let Some((id, mut person)) = next else {
            self.end();
            return;
        };
        leptos::task::spawn_local(async move {
            let answer = data::user(id).await;
            if self.run.try_get_value() != Some(run) {
                return;
            }
            let wait = answer.as_ref().err().and_then(data::Error::retry_after);
            if let Some(seconds) = wait {
                self.queue.update_value(|queue| queue.push((id, person)));
                set_timeout(move || self.next(run), Duration::from_secs(seconds.into()));
                return;
            }
            let failed = answer.is_err();
            match answer {
                Ok(events) => person.deepen(&events),
                Err(_) => person.give_up(),
            }
            self.known.update_value(|known| {
                known.insert(id, person);
            });
            let mut read = 0;
            self.progress.update(|progress| {
                if let Some(progress) = progress {
                    progress.read += 1;
                    progress.failed += usize::from(failed);
                    read = progress.read;
                }
            });
            if read.is_multiple_of(BETWEEN_LOOKS) {
                self.looks.update(|looks| *looks += 1);
            }
            let pause = if read < AT_ONCE { Duration::ZERO } else { PAUSE };
            set_timeout(move || self.next(run), pause);
        });
    }
}
