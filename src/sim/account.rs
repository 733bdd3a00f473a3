//! The account: its people, behaviors and integrations, and what each operation does with them.

#[cfg(test)]
mod what_if_tests;

use std::collections::BTreeMap;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::StatusCode;
use model::{KnownLevel, Operation, Scenario};
use serde_json::json;
use uuid::Uuid;

use crate::{
    arrivals::{Arrivals, Who},
    auth::Denied,
    behaviors::Behaviors,
    bodies, codes,
    events::{arrived, history},
    incidents::{self, Incident},
    integrations::Integrations,
    people::{People, Person, keeps_events},
    random::Random,
    reply::Reply,
    scenario::Weather,
    sentinels,
    wire::{Row, Success, Summary, User},
};

pub(crate) struct Account {
    created: DateTime<Utc>,
    scenario: Scenario,
    people: People,
    /// The resets since the account was created; those before are part of a person's plan.
    resets: BTreeMap<Uuid, DateTime<Utc>>,
    behaviors: Behaviors,
    integrations: Integrations,
    /// Events to come, where they are to.
    arrivals: Option<Arrivals>,
    /// The summary as it goes out, until somebody is reset: it takes 20 MB for 100,000 users.
    summary: Option<Bytes>,
}

impl Account {
    pub(crate) fn new(
        users: usize,
        scenario: Scenario,
        random: &mut Random,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            created: now,
            scenario,
            integrations: Integrations::new(random, now),
            people: People::new(users, scenario, random, now),
            resets: BTreeMap::new(),
            behaviors: Behaviors::new(),
            arrivals: None,
            summary: None,
        }
    }

    pub(crate) fn perform(
        &mut self,
        operation: &Operation,
        account: &str,
        body: &[u8],
        random: &mut Random,
        now: DateTime<Utc>,
    ) -> Reply {
        let delay = match Weather::of(self.scenario, self.created, now) {
            Weather::Fair => None,
            Weather::Slow(delay) => Some(delay),
            Weather::Limited(seconds) => return Reply::rate_limited(seconds),
            Weather::Down => return Reply::html_error(),
        };
        let reply = self.answer(operation, account, body, random, now);
        match delay {
            Some(delay) => reply.after(delay),
            None => reply,
        }
    }

    pub(crate) fn has_arrivals(&self) -> bool {
        self.arrivals.is_some()
    }

    /// Whether events arrive from now on; those that have stay.
    pub(crate) fn set_arrivals(&mut self, on: bool, seed: u64, now: DateTime<Utc>) {
        if on != self.has_arrivals() {
            self.arrivals = on.then(|| Arrivals::new(&self.people, seed, now));
        }
    }

    /// Takes in what has arrived. Of who was reset there is nothing new.
    pub(crate) fn advance(&mut self, now: DateTime<Utc>) {
        let Some(arrivals) = &mut self.arrivals else { return };
        while let Some(arrival) = arrivals.next(now) {
            match arrival.who {
                Who::New(person) => self.people.add(*person),
                Who::Known(id) if self.resets.contains_key(&id) => continue,
                Who::Known(id) => self.people.arrived(id, arrival.at),
            }
            self.summary = None;
        }
    }

    fn answer(
        &mut self,
        operation: &Operation,
        account: &str,
        body: &[u8],
        random: &mut Random,
        now: DateTime<Utc>,
    ) -> Reply {
        match operation {
            Operation::Summary => self.summary(),
            Operation::User(id) => self.user(id.as_uuid()),
            Operation::ResetUser(id) => self.reset(id.as_uuid(), now),
            Operation::Behaviors => Reply::success(self.behaviors.listing()),
            Operation::UpdateBehaviors => self.update_behaviors(body),
            Operation::Integrations => self.integrations.list(account),
            Operation::Integration(id) => self.integrations.get(*id, account),
            Operation::IntegrationByReference(reference) => {
                self.integrations.by_reference(reference, account)
            }
            Operation::CreateIntegration => match bodies::create_integration(body) {
                Ok(body) => self.integrations.create(body, account, random, now),
                Err(faults) => Reply::faults(StatusCode::BAD_REQUEST, &faults),
            },
            Operation::UpdateIntegration(id) => match bodies::update_integration(body) {
                Ok(body) => self.integrations.update(*id, body, account, random),
                Err(faults) => Reply::faults(StatusCode::BAD_REQUEST, &faults),
            },
            Operation::DeleteIntegration(id) => self.integrations.delete(*id),
        }
    }

    /// What happened to several people at once.
    pub(crate) fn incidents(&self) -> Vec<Incident> {
        let mut people = BTreeMap::<&str, Vec<Uuid>>::new();
        for person in self.people.iter() {
            if let Some(behavior) = incidents::behavior(person.plan.story) {
                people.entry(behavior).or_default().push(person.id);
            }
        }
        people.into_iter().map(|(behavior, people)| Incident { behavior, people }).collect()
    }

    fn summary(&mut self) -> Reply {
        let body = self.summary.take().unwrap_or_else(|| self.write_summary());
        self.summary = Some(body.clone());
        Reply::raw(body)
    }

    fn write_summary(&self) -> Bytes {
        let listed = |person: &&Person| person.listed && !self.resets.contains_key(&person.id);
        let users = self.people.iter().filter(listed).map(row).collect();
        serde_json::to_vec(&Success::new(Summary { users })).unwrap_or_default().into()
    }

    fn user(&self, id: Uuid) -> Reply {
        match id {
            sentinels::EVENTS_MISSING => return no_such_user(),
            sentinels::EVENTS_FAIL => return Reply::html_error(),
            _ => {}
        }
        let Some(person) = self.people.find(id) else { return no_such_user() };
        let reply = Reply::success(self.view(person));
        match id {
            sentinels::EVENTS_BROKEN => reply.broken_off(),
            sentinels::EVENTS_SLOW => reply.after(sentinels::SLOW),
            sentinels::EVENTS_ODD if !self.resets.contains_key(&id) => {
                Reply::success(odd_events(person))
            }
            _ => reply,
        }
    }

    fn view<'a>(&self, person: &'a Person) -> User<'a> {
        let mut history = history(person.seed, &person.plan, self.created);
        let later = person.later.iter().rev().map(|at| arrived(person.seed, &person.plan, *at));
        history.events.splice(..0, later);
        let reset = self.resets.get(&person.id).copied();
        if reset.is_some() && !keeps_events(person.id) {
            history.events.clear();
        }
        let last_reset_time = match reset.or(history.reset) {
            Some(time) => Some(Some(time)),
            None if keeps_events(person.id) => Some(None),
            None => None,
        };
        User {
            name: &person.name,
            email: &person.email,
            events: history.events,
            last_reset_time,
            risk_level: (person.listed && reset.is_none()).then(|| person.level()),
        }
    }

    /// Takes the user off the summary until the next trigger \[D\], of which there is none here.
    fn reset(&mut self, id: Uuid, now: DateTime<Utc>) -> Reply {
        match id {
            sentinels::RESET_REFUSED => return Reply::denied(Denied::Wrong),
            sentinels::RESET_RATE_LIMITED => {
                return Reply::rate_limited(sentinels::RETRY_AFTER_SECONDS);
            }
            sentinels::RESET_BREAKS => return Reply::html_error(),
            sentinels::RESET_FINDS_NOBODY => return no_such_user(),
            _ if self.people.find(id).is_none() => return no_such_user(),
            _ => {}
        }
        self.resets.insert(id, now);
        self.summary = None;
        let reply = Reply::success(()).written();
        match id {
            sentinels::RESET_TIMES_OUT => reply.after(sentinels::HANG),
            _ => reply,
        }
    }

    fn update_behaviors(&mut self, body: &[u8]) -> Reply {
        let changes = match bodies::behaviors(body, |key| self.behaviors.knows(key)) {
            Ok(changes) => changes,
            Err(faults) => return Reply::faults(StatusCode::BAD_REQUEST, &faults),
        };
        let goes_high = |key: &str| {
            changes.get(key).is_some_and(|setting| setting.risk_level == KnownLevel::High)
        };
        if goes_high(sentinels::BEHAVIOR_BREAKS) {
            return Reply::internal();
        }
        if goes_high(sentinels::BEHAVIOR_REFUSED) {
            return Reply::denied(Denied::Wrong);
        }
        self.behaviors.update(&changes);
        Reply::success(self.behaviors.listing()).written()
    }
}

fn row(person: &Person) -> Row<'_> {
    if person.id == sentinels::ODD_ROW {
        return Row::Odd {
            user_id: person.id,
            name: (),
            email: &person.email,
            event_count: person.count().to_string(),
            last_event: "yesterday",
        };
    }
    Row::Regular {
        user_id: person.id,
        name: &person.name,
        email: &person.email,
        max_risk_level: person.level(),
        event_count: person.count(),
        last_event: person.newest(),
    }
}

/// As many events as the summary says, each but the first with something wrong.
fn odd_events(person: &Person) -> serde_json::Value {
    let name = "Suspicious Security Domain Visited";
    let at = person.plan.newest;
    json!({
        "name": person.name,
        "email": null,
        "events": [
            { "id": "1", "name": "High Number of DLP Policies Triggered", "risk_level": "medium",
              "timestamp": at, "event_details": { "complete": true } },
            { "id": null, "name": name, "risk_level": "low", "timestamp": at },
            { "id": 3, "name": null, "risk_level": null, "timestamp": at },
            { "id": "4", "name": name, "risk_level": "low", "timestamp": "yesterday" },
            { "id": "5", "name": name, "risk_level": "low" },
            { "unknown": "field" },
            "a text in place of an event",
            null,
        ],
        "last_reset_time": "never",
        "risk_level": "medium",
    })
}

fn no_such_user() -> Reply {
    Reply::fault(StatusCode::NOT_FOUND, codes::NO_SUCH_USER, "There is no such user")
}
