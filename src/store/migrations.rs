//! The tables, step by step. Each step is a file in `migrations/`, in the form that
//! `wrangler d1 migrations apply` takes as well; the table `migration` says which are done.
//!
//! 1. run [`PREPARE`]
//! 2. ask for [`version`]
//! 3. for each of [`pending`]: its script, then [`done`], in one transaction

use crate::sql::{Statement, Value};

/// Makes the table of what is done.
pub const PREPARE: &str = "CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT";

/// One step.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    pub version: i64,
    /// One or more statements.
    pub script: &'static str,
}

/// Every step, in order. A step that has been released is never edited.
pub const ALL: &[Migration] =
    &[Migration { version: 1, script: include_str!("migrations/0001_audit.sql") }];

/// The database was made by a newer Riskdesk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "it is of version {0}, made by a newer Riskdesk; this one knows versions up to {known}. Update Riskdesk",
    known = ALL.len()
)]
pub struct Newer(pub i64);

/// Asks for the last step that is done, 0 for none.
#[must_use]
pub fn version() -> Statement {
    Statement::new("SELECT coalesce(max(version), 0) FROM migration", Vec::new())
}

/// The steps still to do.
///
/// # Errors
/// [`Newer`]
pub fn pending(version: i64) -> Result<impl Iterator<Item = &'static Migration>, Newer> {
    if ALL.iter().all(|step| step.version < version) {
        return Err(Newer(version));
    }
    Ok(ALL.iter().filter(move |step| step.version > version))
}

/// Notes a step as done, `at` in milliseconds since 1970.
#[must_use]
pub fn done(migration: &Migration, at: i64) -> Statement {
    let parameters = vec![Value::Integer(migration.version), Value::Integer(at)];
    Statement::new("INSERT INTO migration (version, at) VALUES (?, ?)", parameters)
}

/// A script's statements one by one, for drivers that take no more at a time. A statement ends at a
/// line that ends in a semicolon; a trigger's own end inside it, before `END`.
#[must_use]
pub fn statements(script: &str) -> Vec<String> {
    let (mut all, mut one, mut in_trigger) = (Vec::new(), String::new(), false);
    for line in script.lines().filter(|line| !line.trim_start().starts_with("--")) {
        in_trigger = (in_trigger || line == "BEGIN") && line != "END;";
        one.push_str(line);
        one.push('\n');
        if line.ends_with(';') && !in_trigger {
            all.push(std::mem::take(&mut one).trim().to_owned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_one_by_one_makes_what_it_makes_at_once() {
        let schema = |steps: &[String]| {
            let database = rusqlite::Connection::open_in_memory().unwrap();
            for step in steps {
                database.execute_batch(step).unwrap();
            }
            let mut made = database.prepare("SELECT type, name, sql FROM sqlite_schema").unwrap();
            let text = |row: &rusqlite::Row<'_>, index| row.get::<_, Option<String>>(index);
            let rows =
                made.query_map([], |row| Ok([0, 1, 2].map(|index| text(row, index).unwrap())));
            rows.unwrap().map(Result::unwrap).collect::<Vec<_>>()
        };
        for step in ALL {
            let one_by_one = statements(step.script);
            assert!(one_by_one.len() > 1);
            assert_eq!(schema(&one_by_one), schema(&[step.script.to_owned()]));
        }
    }

    #[test]
    fn steps_are_numbered_and_a_newer_database_is_left_alone() {
        for (step, version) in ALL.iter().zip(1..) {
            assert_eq!(step.version, version);
        }
        assert_eq!(pending(0).unwrap().count(), ALL.len());
        let newest = ALL.last().unwrap().version;
        assert_eq!(pending(newest).unwrap().count(), 0);
        assert_eq!(pending(newest + 1).map(Iterator::count), Err(Newer(newest + 1)));
    }
}
