//! The thread that owns a connection: SQLite blocks, and a sync to disk takes its time.
//!
//! Records that wait are written in one transaction, so that a hundred changes at a time cost
//! one sync and not a hundred.

use std::{io, sync::Arc, thread};

use chrono::{DateTime, Utc};
use model::{AuditEntry, AuditQuery};
use store::{Draft, Head};
use tokio::sync::{mpsc, oneshot};

use super::{
    AuditError,
    database::{Database, DatabaseError},
};

/// So many jobs may wait before whoever brings another waits as well.
const WAITING: usize = 1_024;

/// So many records go into one transaction.
const TOGETHER: usize = 256;

type Reply<T> = oneshot::Sender<Result<T, AuditError>>;

pub enum Job {
    Append(Box<Draft>, Reply<Head>),
    /// Write a record and take it back.
    Try(Reply<()>),
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
    let (mut drafts, mut replies, mut tries) = (Vec::new(), Vec::new(), Vec::new());
    for job in jobs {
        match job {
            Job::Append(draft, reply) => {
                drafts.push(*draft);
                replies.push(reply);
            }
            Job::Try(reply) => tries.push(reply),
            Job::Page(query, now, reply) => {
                let lines = database.page(&query, now).map_err(|error| Arc::new(error).into());
                // Whoever asked may have gone.
                let _ = reply.send(lines);
            }
        }
    }
    if !drafts.is_empty() {
        tell(replies, database.append(&drafts));
    }
    if !tries.is_empty() {
        // However many ask, it is tried once.
        let tried = database.try_append();
        let tried = tried.map(|()| vec![(); tries.len()]);
        tell(tries, tried);
    }
}

/// Gives each its own of the results, or all of them the error.
fn tell<T>(replies: Vec<Reply<T>>, results: Result<Vec<T>, DatabaseError>) {
    // Whoever asked may have gone.
    match results {
        Ok(results) => replies.into_iter().zip(results).for_each(|(reply, result)| {
            let _ = reply.send(Ok(result));
        }),
        Err(error) => {
            let error = Arc::new(error);
            replies.into_iter().for_each(|reply| {
                let _ = reply.send(Err(Arc::clone(&error).into()));
            });
        }
    }
}
