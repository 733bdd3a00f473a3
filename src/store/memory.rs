//! The log in memory, for the host that has no database: the demo in a browser's tab. It reads a
//! query as [`crate::audit::page`] does, and the tests hold the two against each other.

use chrono::{DateTime, Utc};
use model::{AuditEntry, AuditQuery};

use crate::{
    chain::{Draft, Head, append},
    fold::fold,
    record::Record,
};

#[derive(Debug, Default)]
pub struct Log {
    records: Vec<Record>,
}

impl Log {
    pub fn append(&mut self, draft: &Draft) -> Head {
        let head = self.records.last().map_or(Head::EMPTY, Head::from);
        let record = append(&head, draft);
        let head = Head::from(&record);
        self.records.push(record);
        head
    }

    /// One line more than asked for, newest first.
    #[must_use]
    pub fn page(&self, query: &AuditQuery, now: DateTime<Utc>) -> Vec<AuditEntry> {
        let intents = self.records.iter().rev().filter(|record| record.intent.is_none());
        let lines = intents.filter_map(|intent| {
            let outcome = self.records.iter().rfind(|record| record.intent == Some(intent.seq));
            let line = fold(intent, outcome, now).ok()?;
            is_asked_for(query, &line, intent, outcome).then_some(line)
        });
        lines.take(query.limit as usize + 1).collect()
    }
}

/// The log that these are the records of, in their order.
impl FromIterator<Record> for Log {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Self {
        Self { records: records.into_iter().collect() }
    }
}

fn is_asked_for(
    query: &AuditQuery,
    line: &AuditEntry,
    intent: &Record,
    outcome: Option<&Record>,
) -> bool {
    let is_target = |target: &String| {
        [Some(intent), outcome].into_iter().flatten().any(|record| {
            let name = record.target_name.as_ref();
            record.target.as_ref() == Some(target)
                || name.is_some_and(|name| name.eq_ignore_ascii_case(target))
        })
    };
    query.cursor.is_none_or(|cursor| line.id < cursor)
        && query.actor.as_ref().is_none_or(|actor| line.actor.eq_ignore_ascii_case(actor))
        && query.operation.is_none_or(|kind| line.operation == kind.spec().name)
        && query.target.as_ref().is_none_or(is_target)
        && query.state.is_none_or(|state| line.state == state)
        && query.since.is_none_or(|since| line.at >= since)
        && query.until.is_none_or(|until| line.at < until)
}
