//! The chain: each record's hash is over the hash before it and the record's content, so that
//! what was written can't be edited, taken out, put in or moved without breaking every hash after.
//!
//! A change is two records, the intent and the outcome, and both are links of the one chain: an
//! outcome that was kept beside the chain, or filled into the intent's row, could be rewritten.
//!
//! A record's content is hashed column by column, each with its kind and its length, so that no
//! two contents give the same bytes: `n`, or `i` and 8 bytes, or `t`, 8 bytes of length and the
//! text in UTF-8; numbers big-endian. Before the first record stand 32 zero bytes.

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use model::{AuditIntent, AuditOutcome, AuditState, Role};
use sha2::{Digest, Sha256};

use crate::{record::Record, sql::Value};

/// SHA-256, written in 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; 32]);

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 lower-case hexadecimal digits")]
pub struct NotAHash;

/// The end of the chain; `seq` 0 and zeros before anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: Hash,
}

/// What is to be put on record.
#[derive(Clone, Debug, PartialEq)]
pub enum Draft {
    Intent(AuditIntent),
    Outcome { intent: u64, outcome: AuditOutcome },
}

impl Draft {
    /// A change that nobody made: to try whether one could be put on record.
    #[must_use]
    pub fn nothing() -> Self {
        Self::Intent(AuditIntent {
            at: DateTime::UNIX_EPOCH,
            actor: String::new(),
            role: Role::Viewer,
            operation: String::new(),
            target: None,
            target_name: None,
            reason: None,
            batch: None,
            before: None,
            after: None,
            request_id: String::new(),
        })
    }

    /// The outcome of a change of which nobody will tell one.
    #[must_use]
    pub fn unknown(intent: u64, at: DateTime<Utc>) -> Self {
        let outcome = AuditOutcome {
            at,
            state: AuditState::Unknown,
            target: None,
            target_name: None,
            after: None,
            cf_ray: None,
        };
        Self::Outcome { intent, outcome }
    }
}

/// The record of `draft` that comes after `head`.
#[must_use]
pub fn append(head: &Head, draft: &Draft) -> Record {
    let mut record = record(draft);
    record.seq = head.seq + 1;
    record.hash = hash(&head.hash, &record);
    record
}

/// The hash that `record` must have if `before` comes before it.
#[must_use]
pub fn hash(before: &Hash, record: &Record) -> Hash {
    let mut hash = Sha256::new();
    hash.update(before.0);
    for value in record.content() {
        match value {
            Value::Null => hash.update(b"n"),
            Value::Integer(number) => {
                hash.update(b"i");
                hash.update(number.to_be_bytes());
            }
            Value::Text(text) => {
                hash.update(b"t");
                hash.update((text.len() as u64).to_be_bytes());
                hash.update(text.as_bytes());
            }
        }
    }
    Hash(hash.finalize().into())
}

fn record(draft: &Draft) -> Record {
    let empty = Record {
        seq: 0,
        intent: None,
        at: 0,
        actor: None,
        role: None,
        operation: None,
        target: None,
        target_name: None,
        reason: None,
        batch: None,
        state: None,
        before: None,
        after: None,
        request_id: None,
        cf_ray: None,
        hash: Hash::ZERO,
    };
    let json = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    let millis = |at: DateTime<Utc>| at.timestamp_millis();
    match draft {
        Draft::Intent(intent) => Record {
            at: millis(intent.at),
            actor: Some(intent.actor.clone()),
            role: Some(intent.role.to_string()),
            operation: Some(intent.operation.clone()),
            target: intent.target.clone(),
            target_name: intent.target_name.clone(),
            reason: intent.reason.clone(),
            batch: intent.batch.clone(),
            before: json(&intent.before),
            after: json(&intent.after),
            request_id: Some(intent.request_id.clone()),
            ..empty
        },
        Draft::Outcome { intent, outcome } => Record {
            intent: Some(*intent),
            at: millis(outcome.at),
            state: Some(outcome.state.to_string()),
            target: outcome.target.clone(),
            target_name: outcome.target_name.clone(),
            after: json(&outcome.after),
            cf_ray: outcome.cf_ray.clone(),
            ..empty
        },
    }
}

impl Head {
    /// Nothing is written yet.
    pub const EMPTY: Self = Self { seq: 0, hash: Hash::ZERO };
}

impl From<&Record> for Head {
    fn from(record: &Record) -> Self {
        Self { seq: record.seq, hash: record.hash }
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.seq, self.hash)
    }
}

impl FromStr for Head {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let (seq, hash) = text.split_once(':').ok_or(NotAHash)?;
        Ok(Self { seq: seq.parse().map_err(|_| NotAHash)?, hash: hash.parse()? })
    }
}

impl Hash {
    const ZERO: Self = Self([0; 32]);
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let digits = text.as_bytes();
        let digit = |byte: u8| match byte {
            b'0'..=b'9' => Ok(byte - b'0'),
            b'a'..=b'f' => Ok(byte - b'a' + 10),
            _ => Err(NotAHash),
        };
        let mut bytes = [0; 32];
        if digits.len() != 64 {
            return Err(NotAHash);
        }
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = digit(pair[0])? << 4 | digit(pair[1])?;
        }
        Ok(Self(bytes))
    }
}

#[cfg(test)]
#[path = "chain_tests.rs"]
mod tests;
