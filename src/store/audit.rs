//! Every statement on the log.
//!
//! | statement | rows |
//! |---|---|
//! | [`head`] | seq and hash of the last record |
//! | [`insert`] | none; an error about [`TAKEN`] means that another writer was first: ask for the head again |
//! | [`open`] | the intents without an outcome |
//! | [`page`] | lines, newest first: an intent's columns, then its last outcome's |
//! | [`lines_after`] | lines, oldest first, in the same form |
//! | [`records_after`] | records, oldest first |
//! | [`last_given`] | the largest seq that the table has ever given |

use model::{AuditEntry, AuditQuery, AuditState};

use chrono::{DateTime, Utc};

use crate::{
    chain::Head,
    fold::{fold, in_flight_since},
    record::{COLUMNS, Corrupt, Record},
    sql::{Statement, Value},
};

#[must_use]
pub fn head() -> Statement {
    Statement::new("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1", Vec::new())
}

/// The answer to [`head`]: no row is an empty log.
///
/// # Errors
/// [`Corrupt`]
pub fn read_head(row: Option<&[Value]>) -> Result<Head, Corrupt> {
    let Some(row) = row else { return Ok(Head::EMPTY) };
    let [Value::Integer(seq), Value::Text(hash)] = row else {
        return Err(Corrupt { seq: 0, column: "seq" });
    };
    let seq = u64::try_from(*seq).map_err(|_| Corrupt { seq: 0, column: "seq" })?;
    let hash = hash.parse().map_err(|_| Corrupt { seq, column: "hash" })?;
    Ok(Head { seq, hash })
}

/// What SQLite names in its error where a row's number is given already.
pub const TAKEN: &str = "UNIQUE constraint failed: audit.seq";

/// Two writers may know the same head. The second one's row is an error, which takes back all that
/// is written with it: the chain can't fork.
#[must_use]
pub fn insert(record: &Record) -> Statement {
    let columns = COLUMNS.join(", ");
    let places = ["?"; COLUMNS.len()].join(", ");
    let mut parameters = record.content().to_vec();
    parameters.push(Value::Text(record.hash.to_string()));
    let sql = format!("INSERT INTO audit ({columns}) VALUES ({places})");
    Statement::new(sql, parameters)
}

#[must_use]
pub fn open() -> Statement {
    let sql = "SELECT seq FROM audit AS i WHERE i.intent IS NULL \
               AND NOT EXISTS (SELECT 1 FROM audit WHERE intent = i.seq) ORDER BY seq";
    Statement::new(sql, Vec::new())
}

/// One line more than asked for, which tells whether there are more.
#[must_use]
pub fn page(query: &AuditQuery, now: DateTime<Utc>) -> Statement {
    let mut lines = Lines::new();
    if let Some(cursor) = query.cursor {
        lines.only("i.seq < ?", [cursor.into()]);
    }
    if let Some(actor) = &query.actor {
        lines.only("i.actor = ? COLLATE NOCASE", [Value::Text(actor.clone())]);
    }
    if let Some(kind) = query.operation {
        lines.only("i.operation = ?", [Value::Text(kind.spec().name.to_owned())]);
    }
    if let Some(target) = &query.target {
        let target = Value::Text(target.clone());
        lines.only(
            "i.seq IN (SELECT coalesce(intent, seq) FROM audit WHERE target = ? \
             UNION SELECT coalesce(intent, seq) FROM audit WHERE target_name = ? COLLATE NOCASE)",
            [target.clone(), target],
        );
    }
    if let Some(since) = query.since {
        lines.only("i.at >= ?", [Value::Integer(since.timestamp_millis())]);
    }
    if let Some(until) = query.until {
        lines.only("i.at < ?", [Value::Integer(until.timestamp_millis())]);
    }
    let in_flight = Value::Integer(in_flight_since(now).timestamp_millis());
    match query.state {
        None => {}
        Some(AuditState::Intent) => lines.only("o.seq IS NULL AND i.at >= ?", [in_flight]),
        Some(AuditState::Unknown) => {
            lines.only("(o.state = 'unknown' OR (o.seq IS NULL AND i.at < ?))", [in_flight]);
        }
        Some(state) => lines.only("o.state = ?", [Value::Text(state.to_string())]),
    }
    lines.statement("DESC", u64::from(query.limit) + 1)
}

#[must_use]
pub fn lines_after(id: u64, limit: u32) -> Statement {
    let mut lines = Lines::new();
    lines.only("i.seq > ?", [id.into()]);
    lines.statement("ASC", limit.into())
}

/// A row of [`page`] or [`lines_after`] as a line.
///
/// # Errors
/// [`Corrupt`]
pub fn read_line(row: &[Value], now: DateTime<Utc>) -> Result<AuditEntry, Corrupt> {
    let (intent, outcome) = row.split_at(row.len().min(COLUMNS.len()));
    let intent = Record::from_row(intent)?;
    let outcome = match outcome.first() {
        None | Some(Value::Null) => None,
        Some(_) => Some(Record::from_row(outcome)?),
    };
    fold(&intent, outcome.as_ref(), now)
}

#[must_use]
pub fn records_after(seq: u64, limit: u32) -> Statement {
    let columns = COLUMNS.join(", ");
    let sql = format!("SELECT {columns} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?");
    Statement::new(sql, vec![seq.into(), u64::from(limit).into()])
}

#[must_use]
pub fn last_given() -> Statement {
    let sql = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'audit'";
    Statement::new(sql, Vec::new())
}

/// A choice of lines, put together condition by condition.
struct Lines {
    conditions: String,
    parameters: Vec<Value>,
}

impl Lines {
    fn new() -> Self {
        Self { conditions: "i.intent IS NULL".to_owned(), parameters: Vec::new() }
    }

    fn only<const N: usize>(&mut self, condition: &'static str, parameters: [Value; N]) {
        self.conditions = format!("{} AND {condition}", self.conditions);
        self.parameters.extend(parameters);
    }

    fn statement(mut self, order: &'static str, limit: u64) -> Statement {
        let columns = |row: &str| COLUMNS.map(|column| format!("{row}.{column}")).join(", ");
        let sql = format!(
            "SELECT {}, {} FROM audit AS i LEFT JOIN audit AS o \
             ON o.seq = (SELECT max(seq) FROM audit WHERE intent = i.seq) \
             WHERE {} ORDER BY i.seq {order} LIMIT ?",
            columns("i"),
            columns("o"),
            self.conditions
        );
        self.parameters.push(limit.into());
        Statement::new(sql, self.parameters)
    }
}

#[cfg(test)]
#[path = "audit_tests.rs"]
mod tests;
