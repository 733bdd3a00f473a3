//! What is known of a person that could agree with another's.

use chrono::{DateTime, Utc};
use model::{RiskEvents, RiskLevel, UserRiskInfo};
use serde_json::Value;

/// The newest events of a person that are looked at.
const EVENTS: usize = 200;
/// The values of an event that are looked at.
const VALUES: usize = 64;
/// A text of fewer characters says nothing, and a number of fewer digits: a country is two
/// letters, and any two people have seven of something.
const SHORTEST_TEXT: usize = 2;
const SHORTEST_NUMBER: usize = 5;
/// A longer text is a message, not a fact.
const LONGEST: usize = 200;

/// What is known of a person.
#[derive(Clone, Debug)]
pub struct Person {
    /// In lower case; empty where the address has none.
    pub(crate) domain: String,
    pub(crate) level: Option<RiskLevel>,
    pub(crate) last_event: Option<DateTime<Utc>>,
    pub(crate) events: Option<Vec<Happened>>,
}

/// An event, as far as it could agree with another.
#[derive(Clone, Debug)]
pub(crate) struct Happened {
    pub behavior: String,
    pub at: DateTime<Utc>,
    /// Where in the details, and what is there.
    pub values: Vec<(String, String)>,
}

impl From<&UserRiskInfo> for Person {
    fn from(row: &UserRiskInfo) -> Self {
        let domain = row.email.rsplit_once('@').map_or("", |(_, domain)| domain);
        Self {
            domain: domain.to_ascii_lowercase(),
            level: row.max_risk_level.clone(),
            last_event: row.last_event,
            events: None,
        }
    }
}

impl Person {
    /// Adds the person's events: the newest 200 that have a time.
    pub fn deepen(&mut self, events: &RiskEvents) {
        let mut timed: Vec<_> =
            events.events.iter().filter_map(|event| Some((event.timestamp?, event))).collect();
        timed.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
        let happened = timed.into_iter().take(EVENTS).map(|(at, event)| {
            let details = event.event_details.as_ref();
            let value = details.and_then(|details| serde_json::from_str(details.text()).ok());
            let mut values = Vec::new();
            collect(&value.unwrap_or(Value::Null), String::new(), &mut values);
            values.sort_unstable();
            values.dedup();
            Happened { behavior: event.name.clone(), at, values }
        });
        self.events = Some(happened.collect());
    }

    /// Takes over the events that were read of the same person.
    pub fn take_events(&mut self, read: &Self) {
        self.events.clone_from(&read.events);
    }

    /// Notes that the events could not be read, so that nothing waits for them.
    pub fn give_up(&mut self) {
        self.events = Some(Vec::new());
    }

    /// Whether the events were looked at.
    #[must_use]
    pub fn events_known(&self) -> bool {
        self.events.is_some()
    }
}

/// The texts and long numbers in `value`, with the names on the way to them. An item's place in a
/// list says nothing.
fn collect(value: &Value, path: String, into: &mut Vec<(String, String)>) {
    if into.len() >= VALUES {
        return;
    }
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let dot = if path.is_empty() { "" } else { "." };
                collect(value, format!("{path}{dot}{name}"), into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, path.clone(), into)),
        Value::String(text) => {
            let length = text.chars().count();
            if (SHORTEST_TEXT..=LONGEST).contains(&length) {
                into.push((path, text.clone()));
            }
        }
        Value::Number(number) => {
            let text = number.to_string();
            if text.len() >= SHORTEST_NUMBER {
                into.push((path, text));
            }
        }
        Value::Null | Value::Bool(_) => {}
    }
}
