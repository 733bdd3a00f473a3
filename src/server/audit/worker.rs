//! The thread that owns a connection: SQLite blocks, and a sync to disk takes its time.
//!
//! Records that wait are written in one transaction, so that a hundred changes at a time cost
//! one sync and not a hundred.

use std::{io, sync::Arc, thread};

use chrono::{DateTime, Utc};
use model::{AuditEntry, AuditQuery};
use store::{Draft, Head};
use tokio::sync::{mpsc, oneshot};

use super::{AuditError, database::Database};

/// So many jobs may wait before whoever brings another waits as well.
const WAITING: usize = 1_024;

/// So many records go into one transaction.
const TOGETHER: usize = 256;

type Reply<T> = oneshot::Sender<Result<T, AuditError>>;

pub enum Job {
    Append(Box<Draft>, Reply<Head>),
    Page(Box<AuditQuery>, DateTime<Utc>, Reply<Vec<AuditEntry>>),
}

/// Starts the thread; it ends when nobody can send it jobs any more.
pub fn start(mut database: Database) -> io::Result<mpsc::Sender<Job>> {
    let (sender, mut jobs) = mpsc::channel(WAITING);
    let work = move || {
        let mut batch = Vec::new();
        while jobs.blocking_recv_many(&mut batch, TOGETHER) > 0 {
            work(&mut database, batch.drain(..));
        }
    };
    thread::Builder::new().name("audit".to_owned()).spawn(work)?;
    Ok(sender)
}

fn work(database: &mut Database, jobs: impl Iterator<Item = Job>) {
    let (mut drafts, mut replies) = (Vec::new(), Vec::new());
    for job in jobs {
        match job {
            Job::Append(draft, reply) => {
                drafts.push(*draft);
                replies.push(reply);
            }
            Job::Page(query, now, reply) => {
                let lines = database.page(&query, now).map_err(|error| Arc::new(error).into());
                // Whoever asked may have gone.
                let _ = reply.send(lines);
            }
        }
    }
    if drafts.is_empty() {
        return;
    }
    match database.append(&drafts) {
        Ok(heads) => {
            for (reply, head) in replies.into_iter().zip(heads) {
                let _ = reply.send(Ok(head));
            }
        }
        Err(error) => {
            let error = Arc::new(error);
            for reply in replies {
                let _ = reply.send(Err(Arc::clone(&error).into()));
            }
        }
    }
}
