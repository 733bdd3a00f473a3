//! Reading the events of the people of incidents, one after another: those of incidents that the
//! summary alone told come first, then whoever's last event is the latest.

use std::{collections::HashMap, sync::Arc};

use columns::View;
use incidents::{Incident, Person};
use leptos::prelude::*;
use model::{RiskEvents, UserId, UserRiskInfo};

use crate::data::OneByOne;

/// How many people are read at most: what a quarter of an hour allows.
const MOST: usize = 1_000;
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
    reader: OneByOne,
    pub progress: RwSignal<Option<Progress>>,
    /// Changes when it is worth looking again at what agrees.
    pub looks: RwSignal<u32>,
}

impl Closer {
    pub fn new() -> Self {
        Self {
            known: StoredValue::default(),
            reader: OneByOne::new(),
            progress: RwSignal::new(None),
            looks: RwSignal::new(0),
        }
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
        let mut queue: Vec<UserId> = Vec::new();
        let mut people: HashMap<UserId, Person> = HashMap::new();
        for who in members.chain(0..view.rows.len()) {
            let Some(id) = view.rows[who].user_id else { continue };
            let read = self.known.with_value(|known| known.contains_key(&id));
            if !read && queue.len() < MOST && !people.contains_key(&id) {
                queue.push(id);
                people.insert(id, Person::from(&view.rows[who]));
            }
        }
        self.progress.set(Some(Progress { read: 0, of: queue.len(), failed: 0, runs: true }));
        let each = move |id, answer: Result<RiskEvents, _>| {
            let Some(mut person) = people.remove(&id) else { return };
            match &answer {
                Ok(events) => person.deepen(events),
                Err(_) => person.give_up(),
            }
            self.known.update_value(|known| drop(known.insert(id, person)));
            self.one_more(answer.is_err());
        };
        self.reader.read(queue, each, move || self.end());
    }

    pub fn stop(self) {
        self.reader.stop();
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

    fn one_more(self, failed: bool) {
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
    }
}
