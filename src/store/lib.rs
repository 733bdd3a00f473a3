//! The audit log's table: SQL, the hash chain over its rows, and nothing that runs either.
//!
//! A host opens the database, runs the [`migrations`], and hands rows back as [`Value`]s. It is
//! the same SQL for SQLite (the native host) and Cloudflare D1 (the Worker), so it keeps to what
//! both have.
//!
//! - [`sql`]: a statement and its parameters, as data
//! - [`migrations`]: the tables, as files that wrangler can apply too
//! - [`record`]: a row
//! - [`chain`]: the next record after a head, and its hash
//! - [`audit`]: every statement on the log
//! - [`fold`]: two records read as one line
//! - [`verify`]: whether the log is as it was written
//! - [`memory`]: the log without a database

pub mod audit;
pub mod chain;
pub mod fold;
pub mod memory;
pub mod migrations;
pub mod record;
pub mod sql;
#[cfg(test)]
mod testing;
pub mod verify;

pub use chain::{Draft, Hash, Head, append};
pub use fold::fold;
pub use memory::Log;
pub use record::{Corrupt, Record};
pub use sql::{Statement, Value};
pub use verify::{Report, Verifier};
