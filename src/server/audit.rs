//! The audit log of this host: a SQLite file, or memory for the demo.
//!
//! - [`database`]: opens it, brings it up to date, runs the store's statements
//! - [`worker`]: a thread that owns a connection; many changes at a time share one sync to disk
//! - [`change`]: intent, upstream, outcome: in that order
//! - [`commands`]: `riskdesk audit verify|export`

pub mod change;
pub mod commands;
mod database;
mod worker;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use model::{AuditEntry, AuditQuery};
use store::{Draft, Head};
use tokio::sync::{mpsc, oneshot};
use tracing::{error, warn};

use crate::{clock, failure::Failure, metrics::Metrics};
use database::Database;
pub use database::DatabaseError;
use worker::Job;

/// The audit log can't be written or read.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error("{0}")]
    Database(#[from] std::sync::Arc<DatabaseError>),
    #[error("the thread that keeps the audit log has stopped")]
    Stopped,
}

/// The log, shared by all who write to it and read it.
#[derive(Clone)]
pub struct Audit {
    writer: mpsc::Sender<Job>,
    /// A connection of its own, so that nobody's search holds up a change.
    reader: mpsc::Sender<Job>,
    metrics: Metrics,
}

impl Audit {
    /// The log in a file, which is made where there is none. Changes that a crash left open are
    /// closed as unknown.
    pub fn open(path: &Path, metrics: Metrics, now: DateTime<Utc>) -> Result<Self, Failure> {
        let failure = |error| Failure::Database { path: path.to_owned(), error };
        let mut database = Database::open(path, now).map_err(failure)?;
        let left_open = database.close_open(now).map_err(failure)?;
        if left_open > 0 {
            warn!(
                changes = left_open,
                "of these changes the outcome is unknown: see the audit log"
            );
        }
        let reader = Database::open_to_read(path).map_err(failure)?;
        Ok(Self { writer: worker::start(database)?, reader: worker::start(reader)?, metrics })
    }

    /// A log that ends with this process.
    pub fn in_memory(metrics: Metrics, now: DateTime<Utc>) -> Result<Self, Failure> {
        let path = || PathBuf::from(":memory:");
        let database = Database::in_memory(now);
        let database = database.map_err(|error| Failure::Database { path: path(), error })?;
        let writer = worker::start(database)?;
        Ok(Self { reader: writer.clone(), writer, metrics })
    }

    /// Writes a record; once this returns it is on disk.
    pub async fn append(&self, draft: Draft) -> Result<Head, AuditError> {
        let started = clock::instant();
        let is_intent = matches!(draft, Draft::Intent(_));
        let recorded = ask(&self.writer, |reply| Job::Append(Box::new(draft), reply)).await;
        self.metrics.recorded(started.elapsed(), recorded.is_ok());
        match recorded {
            Ok(_) if is_intent => self.metrics.open_changes.inc(),
            Ok(_) => self.metrics.open_changes.dec(),
            Err(_) => 0,
        };
        recorded
    }

    /// Whether a record could be written now.
    pub async fn is_writable(&self) -> bool {
        match ask(&self.writer, Job::Try).await {
            Ok(()) => true,
            Err(error) => {
                error!(%error, "the audit log can't be written");
                false
            }
        }
    }

    /// How many jobs wait.
    pub fn waiting(&self) -> usize {
        let waiting = |jobs: &mpsc::Sender<Job>| jobs.max_capacity() - jobs.capacity();
        let is_one = self.writer.same_channel(&self.reader);
        waiting(&self.writer) + if is_one { 0 } else { waiting(&self.reader) }
    }

    /// A page of lines and one more, if there are more.
    pub async fn page(
        &self,
        query: AuditQuery,
        now: DateTime<Utc>,
    ) -> Result<Vec<AuditEntry>, AuditError> {
        ask(&self.reader, |reply| Job::Page(Box::new(query), now, reply)).await
    }
}

async fn ask<T>(
    worker: &mpsc::Sender<Job>,
    job: impl FnOnce(oneshot::Sender<Result<T, AuditError>>) -> Job,
) -> Result<T, AuditError> {
    let (reply, answer) = oneshot::channel();
    worker.send(job(reply)).await.map_err(|_| AuditError::Stopped)?;
    answer.await.map_err(|_| AuditError::Stopped)?
}
