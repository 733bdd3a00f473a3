//! What could be the same for several people, and when it was.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use model::RiskLevel;

use crate::{Person, WINDOW};

/// Something that is the same for several people.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// The domain of their e-mail addresses.
    Domain(String),
    /// Their level and their domain, from the summary alone.
    DomainAtLevel(String, RiskLevel),
    /// A value inside the details of their events; the path is empty where the details are that
    /// value.
    Value { path: String, value: String },
}

/// A fact of events of one behavior.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub behavior: Option<String>,
    pub fact: Fact,
    /// When and whom it concerned, in the order of time; a person at most once in ten minutes.
    pub entries: Vec<(DateTime<Utc>, usize)>,
}

type Collected = BTreeMap<(Option<String>, Fact), Vec<(usize, DateTime<Utc>)>>;

pub(crate) fn of_summary(people: &[Person]) -> Vec<Key> {
    let mut collected = Collected::new();
    for (index, person) in people.iter().enumerate() {
        if let (Some(at), Some(level)) = (person.last_event, &person.level)
            && !person.domain.is_empty()
        {
            let fact = Fact::DomainAtLevel(person.domain.clone(), level.clone());
            collected.entry((None, fact)).or_default().push((index, at));
        }
    }
    keys(collected)
}

pub(crate) fn of_events(people: &[Person]) -> Vec<Key> {
    let mut collected = Collected::new();
    for (index, person) in people.iter().enumerate() {
        for event in person.events.iter().flatten().filter(|event| !event.behavior.is_empty()) {
            let mut add = |fact| {
                let key = (Some(event.behavior.clone()), fact);
                collected.entry(key).or_default().push((index, event.at));
            };
            if !person.domain.is_empty() {
                add(Fact::Domain(person.domain.clone()));
            }
            for (path, value) in &event.values {
                add(Fact::Value { path: path.clone(), value: value.clone() });
            }
        }
    }
    keys(collected)
}

fn keys(collected: Collected) -> Vec<Key> {
    let shared = collected.into_iter().filter(|(_, entries)| entries.len() >= crate::LEAST);
    let key = |((behavior, fact), mut entries): (_, Vec<(usize, DateTime<Utc>)>)| {
        entries.sort_unstable();
        let mut kept: Vec<(DateTime<Utc>, usize)> = Vec::with_capacity(entries.len());
        for (person, at) in entries {
            let again = kept.last().is_some_and(|(last, of)| *of == person && at - *last <= WINDOW);
            if !again {
                kept.push((at, person));
            }
        }
        kept.sort_unstable();
        Key { behavior, fact, entries: kept }
    };
    shared.map(key).collect()
}
