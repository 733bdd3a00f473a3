//! SQLite, as the store's statements need it.
//!
//! WAL with `synchronous=FULL`: what was committed is on disk, through `kill -9` and through a
//! loss of power, and readers don't wait for the writer
//! (<https://www.sqlite.org/pragma.html#pragma_synchronous>).

use std::{path::Path, time::Duration};

use chrono::{DateTime, Utc};
use model::{AuditEntry, AuditQuery};
use rusqlite::{
    Connection, OpenFlags, TransactionBehavior, params_from_iter,
    types::{ToSqlOutput, ValueRef},
};
use store::{Draft, Head, Record, Report, Statement, Value, Verifier, audit, migrations};

/// Another program that has the file may take this long to let go of it.
const BUSY: Duration = Duration::from_secs(5);

/// So many rows are held in memory when the whole log is read.
const CHUNK: u32 = 1_000;

#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("{0}")]
    Newer(#[from] migrations::Newer),
    #[error("{0}. `riskdesk audit verify` tells more")]
    Corrupt(#[from] store::Corrupt),
    #[error("{0}")]
    Output(#[from] std::io::Error),
}

type Result<T> = std::result::Result<T, DatabaseError>;

pub struct Database(Connection);

impl Database {
    /// The file, which is made where there is none, with all migrations done.
    pub fn open(path: &Path, now: DateTime<Utc>) -> Result<Self> {
        Self::prepare(Connection::open(path)?, now)
    }

    pub fn in_memory(now: DateTime<Utc>) -> Result<Self> {
        Self::prepare(Connection::open_in_memory()?, now)
    }

    /// The file as it is, only to be read.
    pub fn open_to_read(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(BUSY)?;
        Ok(Self(connection))
    }

    fn prepare(connection: Connection, now: DateTime<Utc>) -> Result<Self> {
        connection.busy_timeout(BUSY)?;
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        // `fullfsync` is macOS's word for a sync that reaches the disk; elsewhere it is nothing.
        connection.execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON;",
        )?;
        let mut database = Self(connection);
        database.migrate(now)?;
        Ok(database)
    }

    fn migrate(&mut self, now: DateTime<Utc>) -> Result<()> {
        let steps = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        steps.execute_batch(migrations::PREPARE)?;
        let version = number(&steps, &migrations::version())?;
        for step in migrations::pending(version)? {
            steps.execute_batch(step.script)?;
            execute(&steps, &migrations::done(step, now.timestamp_millis()))?;
        }
        Ok(steps.commit()?)
    }

    /// Writes records in one transaction: all of them or none.
    pub fn append(&mut self, drafts: &[Draft]) -> Result<Vec<Head>> {
        // Immediate: from here to the commit nobody else moves the head.
        let writing = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let heads = insert(&writing, drafts)?;
        writing.commit()?;
        Ok(heads)
    }

    /// Writes a record and takes it back: nothing is left of it.
    pub fn try_append(&mut self) -> Result<()> {
        let writing = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        insert(&writing, &[Draft::nothing()])?;
        Ok(writing.rollback()?)
    }

    /// Gives each change that has no outcome the outcome "unknown"; nobody else will.
    pub fn close_open(&mut self, now: DateTime<Utc>) -> Result<usize> {
        let open = rows(&self.0, &audit::open(), |row| match row {
            [Value::Integer(seq)] => Ok(seq.unsigned_abs()),
            _ => Err(store::Corrupt { seq: 0, column: "seq" }.into()),
        })?;
        let drafts: Vec<Draft> =
            open.into_iter().map(|intent| Draft::unknown(intent, now)).collect();
        Ok(self.append(&drafts)?.len())
    }

    pub fn page(&self, query: &AuditQuery, now: DateTime<Utc>) -> Result<Vec<AuditEntry>> {
        rows(&self.0, &audit::page(query, now), |row| Ok(audit::read_line(row, now)?))
    }

    /// Gives every line to `take`, oldest first.
    pub fn lines(
        &self,
        now: DateTime<Utc>,
        mut take: impl FnMut(AuditEntry) -> std::io::Result<()>,
    ) -> Result<()> {
        let reading = self.0.unchecked_transaction()?;
        let mut last = 0;
        loop {
            let lines = audit::lines_after(last, CHUNK);
            let lines = rows(&reading, &lines, |row| Ok(audit::read_line(row, now)?))?;
            let Some(line) = lines.last() else { return Ok(()) };
            last = line.id;
            lines.into_iter().try_for_each(&mut take)?;
        }
    }

    /// Checks every record, in one snapshot: the server may go on writing.
    pub fn verify(&self, noted: Option<Head>) -> Result<Report> {
        let reading = self.0.unchecked_transaction()?;
        let mut verifier = Verifier::new(noted);
        let mut last = 0;
        loop {
            let mut records = 0;
            rows(&reading, &audit::records_after(last, CHUNK), |row| {
                if let Some(Value::Integer(seq)) = row.first() {
                    last = seq.unsigned_abs();
                }
                records += 1;
                let record = Record::from_row(row);
                verifier.check(record.as_ref().map_err(Clone::clone));
                Ok(())
            })?;
            if records == 0 {
                let given = number(&reading, &audit::last_given())?;
                return Ok(verifier.finish(given.unsigned_abs()));
            }
        }
    }
}

/// Appends records, as part of what is being written.
fn insert(writing: &Connection, drafts: &[Draft]) -> Result<Vec<Head>> {
    let last = rows(writing, &audit::head(), |row| Ok(row.to_vec()))?;
    let mut head = audit::read_head(last.first().map(Vec::as_slice))?;
    let mut heads = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let record = store::append(&head, draft);
        execute(writing, &audit::insert(&record))?;
        head = Head::from(&record);
        heads.push(head);
    }
    Ok(heads)
}

/// A [`Value`] for SQLite.
struct Bound(Value);

impl rusqlite::ToSql for Bound {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match &self.0 {
            Value::Null => ValueRef::Null,
            Value::Integer(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

fn execute(connection: &Connection, statement: &Statement) -> Result<usize> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    Ok(prepared.execute(params_from_iter(statement.parameters.iter().cloned().map(Bound)))?)
}

fn rows<T>(
    connection: &Connection,
    statement: &Statement,
    mut read: impl FnMut(&[Value]) -> Result<T>,
) -> Result<Vec<T>> {
    let mut prepared = connection.prepare_cached(&statement.sql)?;
    let width = prepared.column_count();
    let parameters = params_from_iter(statement.parameters.iter().cloned().map(Bound));
    let mut found = prepared.query(parameters)?;
    let mut all = Vec::new();
    while let Some(row) = found.next()? {
        let cells: Vec<Value> = (0..width)
            .map(|column| row.get_ref(column).map(cell))
            .collect::<rusqlite::Result<_>>()?;
        all.push(read(&cells)?);
    }
    Ok(all)
}

/// What a column holds; the tables are strict, so numbers are whole and nothing is a blob.
fn cell(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => Value::Null,
    }
}

fn number(connection: &Connection, statement: &Statement) -> Result<i64> {
    let found = rows(connection, statement, |row| {
        Ok(row.first().and_then(|cell| match cell {
            Value::Integer(number) => Some(*number),
            _ => None,
        }))
    })?;
    Ok(found.into_iter().next().flatten().unwrap_or_default())
}
