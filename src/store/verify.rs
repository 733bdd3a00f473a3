//! Whether the log is as it was written. Records are checked one by one, in order:
//!
//! 1. numbers run 1, 2, 3 … to the largest that the table has ever given
//! 2. each hash is over the hash before and the record's content
//! 3. an outcome belongs to an intent before it; a second one may only follow "unknown"
//! 4. a head that was noted elsewhere is still in the chain
//!
//! This finds edits, deletions, insertions and moves, and an end that was cut off, unless
//! `sqlite_sequence` was edited along. It can't tell a chain from one that somebody with write
//! access to the file computed anew from some record on: there is no key. Against that, note the
//! head elsewhere (the server logs it with every change) and give it to `verify`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use model::AuditState;

use crate::{
    chain::{self, Head},
    record::Record,
};

/// So many faults are kept; more are counted.
const MAX_FAULTS: usize = 100;

/// What is wrong with the log, and from which record on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("{0}")]
    Unreadable(#[from] crate::record::Corrupt),
    #[error("after record {after} comes record {found}: records were taken out or moved")]
    Gap { after: u64, found: u64 },
    #[error("record {0} is not what was written: it, its hash or the hash before it was changed")]
    Hash(u64),
    #[error("record {seq} is an outcome of {intent}, which is no change that waits for one")]
    Outcome { seq: u64, intent: u64 },
    #[error("record {0} is neither an intent nor an outcome")]
    Half(u64),
    #[error("the log ends with record {found}, but {given} were written: its end was cut off")]
    End { found: u64, given: u64 },
    #[error("the noted head {0} is not in the log: it was cut off or computed anew")]
    Head(Head),
}

/// Takes records in order, and says at the end what was found.
#[derive(Debug)]
pub struct Verifier {
    head: Head,
    noted: Option<Head>,
    noted_found: bool,
    /// Changes without an outcome, and those whose outcome is unknown.
    open: BTreeSet<u64>,
    unknown: BTreeSet<u64>,
    report: Report,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub records: u64,
    pub changes: u64,
    /// How many changes ended how; those without an outcome count as `Intent`.
    pub states: BTreeMap<&'static str, u64>,
    pub head: Option<Head>,
    /// The first ones.
    pub faults: Vec<Fault>,
    pub fault_count: u64,
}

impl Verifier {
    /// A verifier for the whole log, which must hold the `noted` head if there is one.
    #[must_use]
    pub fn new(noted: Option<Head>) -> Self {
        let noted_found = noted.is_none_or(|noted| noted == Head::EMPTY);
        let (open, unknown) = (BTreeSet::new(), BTreeSet::new());
        let report = Report::default();
        Self { head: Head::EMPTY, noted, noted_found, open, unknown, report }
    }

    /// The next record, or the fault that it can't be read.
    pub fn check(&mut self, record: Result<&Record, crate::record::Corrupt>) {
        self.report.records += 1;
        let record = match record {
            Ok(record) => record,
            Err(corrupt) => return self.fault(corrupt.into()),
        };
        if record.seq != self.head.seq + 1 {
            self.fault(Fault::Gap { after: self.head.seq, found: record.seq });
        }
        if chain::hash(&self.head.hash, record) != record.hash {
            self.fault(Fault::Hash(record.seq));
        }
        // What follows is judged by what stands here, so that one edit is one fault.
        self.head = record.into();
        self.noted_found |= self.noted == Some(self.head);
        self.halves(record);
    }

    fn halves(&mut self, record: &Record) {
        let state = record.state.as_deref().map(str::parse::<AuditState>);
        match (record.intent, state) {
            (None, None) => {
                self.report.changes += 1;
                self.open.insert(record.seq);
            }
            (Some(intent), Some(Ok(state))) => {
                let settles = self.open.remove(&intent)
                    || (state != AuditState::Unknown && self.unknown.remove(&intent));
                if !settles || state == AuditState::Intent {
                    return self.fault(Fault::Outcome { seq: record.seq, intent });
                }
                if state == AuditState::Unknown {
                    self.unknown.insert(intent);
                } else {
                    *self.report.states.entry(state.as_str()).or_default() += 1;
                }
            }
            _ => self.fault(Fault::Half(record.seq)),
        }
    }

    /// What was found, given the largest number the table has ever given.
    #[must_use]
    pub fn finish(mut self, given: u64) -> Report {
        if self.head.seq != given {
            self.fault(Fault::End { found: self.head.seq, given });
        }
        if let Some(noted) = self.noted.filter(|_| !self.noted_found) {
            self.fault(Fault::Head(noted));
        }
        let counts = [(AuditState::Unknown, &self.unknown), (AuditState::Intent, &self.open)];
        for (state, changes) in counts {
            if !changes.is_empty() {
                self.report.states.insert(state.as_str(), changes.len() as u64);
            }
        }
        self.report.head = (self.head != Head::EMPTY).then_some(self.head);
        self.report
    }

    fn fault(&mut self, fault: Fault) {
        self.report.fault_count += 1;
        if self.report.faults.len() < MAX_FAULTS {
            self.report.faults.push(fault);
        }
    }
}

impl Report {
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.fault_count == 0
    }
}

impl fmt::Display for Report {
    /// `4 records, 2 changes: 1 succeeded, 1 unknown; head 4:…`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} records, {} changes", self.records, self.changes)?;
        for (index, (state, count)) in self.states.iter().enumerate() {
            write!(f, "{} {count} {state}", if index == 0 { ":" } else { "," })?;
        }
        match self.head {
            Some(head) => write!(f, "; head {head}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
#[path = "verify_tests.rs"]
mod tests;
