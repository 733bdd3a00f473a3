//! From bursts to incidents.
//!
//! The most surprising burst is taken first. A later one of the same behavior is about the same if
//! at least half of its people are in one that was taken; if nine in ten of those share it, it is
//! a fact of theirs. Else the people who are not yet in an incident of the behavior make another.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use chrono::{DateTime, Utc};

use crate::{
    Incident, LEAST,
    bursts::{self, Burst},
    keys::Key,
};

pub(crate) fn incidents(keys: &[Key]) -> Vec<Incident> {
    let ends = keys.iter().filter_map(|key| key.entries.last()).map(|(at, _)| *at).max();
    let Some(ends) = ends else { return Vec::new() };
    let mut bursts: Vec<Burst<'_>> = keys.iter().flat_map(|key| bursts::of(key, ends)).collect();
    bursts.sort_by(|a, b| {
        let surprise = b.surprise.total_cmp(&a.surprise);
        surprise.then_with(|| a.key.fact.cmp(&b.key.fact)).then(a.entries[0].cmp(&b.entries[0]))
    });
    let mut found: Vec<Incident> = Vec::new();
    // In which incidents of a behavior a person is, with the times of the incident.
    let mut taken: HashMap<(&Option<String>, usize), Vec<usize>> = HashMap::new();
    for burst in bursts {
        let behavior = &burst.key.behavior;
        let first = firsts(burst.entries);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        let mut free = Vec::new();
        for (person, at) in &first {
            let same = taken.get(&(behavior, *person)).into_iter().flatten();
            let same: Vec<usize> = same.copied().filter(|i| near(&found[*i], *at)).collect();
            if same.is_empty() {
                free.push((*at, *person));
            }
            for incident in same {
                *shared.entry(incident).or_default() += 1;
            }
        }
        let most = shared.iter().max_by_key(|(incident, count)| (**count, Reverse(**incident)));
        if let Some((incident, count)) = most.filter(|(_, count)| 2 * **count >= first.len()) {
            let incident = &mut found[*incident];
            if 10 * count >= 9 * incident.moments.len() {
                incident.facts.push((burst.key.fact.clone(), *count));
            }
        } else if free.len() >= LEAST {
            free.sort_unstable();
            for (_, person) in &free {
                taken.entry((behavior, *person)).or_default().push(found.len());
            }
            let facts = vec![(burst.key.fact.clone(), free.len())];
            found.push(Incident { behavior: behavior.clone(), facts, moments: free });
        }
    }
    for incident in &mut found {
        incident.facts.sort_by(|(a, _), (b, _)| a.cmp(b));
        incident.facts.dedup();
    }
    found
}

/// Whether the time is that of the incident.
fn near(incident: &Incident, at: DateTime<Utc>) -> bool {
    let within = |(first, last)| first - crate::WINDOW <= at && at <= last + crate::WINDOW;
    incident.span().is_some_and(within)
}

/// The first moment of each person.
fn firsts(entries: &[(DateTime<Utc>, usize)]) -> BTreeMap<usize, DateTime<Utc>> {
    let mut first = BTreeMap::new();
    for (at, person) in entries {
        first.entry(*person).or_insert(*at);
    }
    first
}
