//! The audit log on D1, with one writer: records that wait are written in one transaction, so that
//! a hundred changes at a time cost some round trips to the database and not a hundred.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use chrono::{DateTime, Utc};
use futures_channel::oneshot;
use futures_util::lock::Mutex;
use model::{AuditEntry, AuditQuery};
use serde_json::json;
use store::{Corrupt, Draft, Head, Statement, Value, audit, migrations};

use super::database::{Database, DatabaseError};
use crate::{clock, host::Task, logs};

/// So many records go into one transaction.
const TOGETHER: usize = 64;

/// How often a transaction is tried where another writer was first.
const TRIES: usize = 3;

type Reply = oneshot::Sender<Result<Head, Rc<DatabaseError>>>;

/// The log, shared by all whose changes are under way.
#[derive(Clone)]
pub struct Log(Rc<Inner>);

struct Inner {
    database: Database,
    tasks: Rc<dyn Fn(Task)>,
    waiting: RefCell<Vec<(Draft, Reply)>>,
    is_writing: Cell<bool>,
    /// The end of the chain, if it is known: it is not before the first look, nor when it is open
    /// what became of a transaction.
    head: Cell<Option<Head>>,
    /// Held while the tables are made, and whether they are.
    is_ready: Mutex<bool>,
}

impl Log {
    pub fn new(database: Database, tasks: Rc<dyn Fn(Task)>) -> Self {
        Self(Rc::new(Inner {
            database,
            tasks,
            waiting: RefCell::default(),
            is_writing: Cell::new(false),
            head: Cell::new(None),
            is_ready: Mutex::new(false),
        }))
    }

    /// Writes a record; once this returns it is on record.
    pub async fn append(&self, draft: Draft) -> Result<Head, Rc<DatabaseError>> {
        let (reply, told) = oneshot::channel();
        self.0.waiting.borrow_mut().push((draft, reply));
        if !self.0.is_writing.replace(true) {
            let inner = self.0.clone();
            // A task of its own: whoever is first may hang up, and all others wait for it.
            (self.0.tasks)(Box::pin(async move { inner.write_all().await }));
        }
        told.await.unwrap_or_else(|_| Err(Rc::new(DatabaseError::Stopped)))
    }

    /// Writes a record and takes it back: nothing is left of it.
    pub async fn try_append(&self) -> Result<(), DatabaseError> {
        self.0.ready().await?;
        let head = self.0.look().await?;
        let record = audit::insert(&store::append(&head, &Draft::nothing()));
        // The same twice can't be; that the second one is refused shows that the first was not.
        match self.0.database.execute(&[record.clone(), record]).await {
            Err(error) if error.is_taken() => Ok(()),
            other => other,
        }
    }

    /// A page of lines and one more, if there are more.
    pub async fn page(
        &self,
        query: &AuditQuery,
        now: DateTime<Utc>,
    ) -> Result<Vec<AuditEntry>, DatabaseError> {
        self.0.ready().await?;
        let rows = self.0.database.rows(&audit::page(query, now)).await?;
        let lines = rows.iter().map(|row| audit::read_line(row, now));
        Ok(lines.collect::<Result<_, _>>()?)
    }
}

impl Inner {
    /// Writes all that waits, and what comes meanwhile.
    async fn write_all(&self) {
        loop {
            let batch: Vec<(Draft, Reply)> = {
                let mut waiting = self.waiting.borrow_mut();
                let count = waiting.len().min(TOGETHER);
                waiting.drain(..count).collect()
            };
            if batch.is_empty() {
                self.is_writing.set(false);
                return;
            }
            let (drafts, replies): (Vec<Draft>, Vec<Reply>) = batch.into_iter().unzip();
            let written = match self.ready().await {
                Ok(()) => self.write(&drafts).await,
                Err(error) => Err(error),
            };
            // Whoever asked may have gone.
            match written {
                Ok(heads) => replies.into_iter().zip(heads).for_each(|(reply, head)| {
                    let _ = reply.send(Ok(head));
                }),
                Err(error) => {
                    let error = Rc::new(error);
                    replies.into_iter().for_each(|reply| {
                        let _ = reply.send(Err(error.clone()));
                    });
                }
            }
        }
    }

    /// Writes records in one transaction: all of them or none.
    async fn write(&self, drafts: &[Draft]) -> Result<Vec<Head>, DatabaseError> {
        let mut tries = 0;
        loop {
            tries += 1;
            let mut head = match self.head.take() {
                Some(head) => head,
                None => self.look().await?,
            };
            let mut heads = Vec::with_capacity(drafts.len());
            let mut statements = Vec::with_capacity(drafts.len());
            for draft in drafts {
                let record = store::append(&head, draft);
                statements.push(audit::insert(&record));
                head = Head::from(&record);
                heads.push(head);
            }
            match self.database.execute(&statements).await {
                Ok(()) => {
                    self.head.set(Some(head));
                    return Ok(heads);
                }
                Err(error) if error.is_taken() && tries < TRIES => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// The end of the chain, as it is in the database.
    async fn look(&self) -> Result<Head, DatabaseError> {
        let rows = self.database.rows(&audit::head()).await?;
        Ok(audit::read_head(rows.first().map(Vec::as_slice))?)
    }

    /// Makes the tables where they aren't, and closes as unknown what the object before this one
    /// left open: nobody else will.
    async fn ready(&self) -> Result<(), DatabaseError> {
        let mut is_ready = self.is_ready.lock().await;
        if *is_ready {
            return Ok(());
        }
        self.migrate().await?;
        let open = self.database.rows(&audit::open()).await?;
        let open = open.iter().map(|row| match row.as_slice() {
            [Value::Integer(seq)] => Ok(Draft::unknown(seq.unsigned_abs(), clock::now())),
            _ => Err(Corrupt { seq: 0, column: "seq" }),
        });
        let open = open.collect::<Result<Vec<Draft>, _>>()?;
        for drafts in open.chunks(TOGETHER) {
            self.write(drafts).await?;
        }
        if !open.is_empty() {
            let fields = json!({ "changes": open.len() });
            logs::warn("of these changes the outcome is unknown: see the audit log", fields);
        }
        *is_ready = true;
        Ok(())
    }

    async fn migrate(&self) -> Result<(), DatabaseError> {
        self.database.execute(&[Statement::plain(migrations::PREPARE)]).await?;
        let version = self.database.rows(&migrations::version()).await?;
        let version = match version.first().map(Vec::as_slice) {
            Some([Value::Integer(version)]) => *version,
            _ => 0,
        };
        for step in migrations::pending(version)? {
            let mut steps: Vec<Statement> =
                migrations::statements(step.script).into_iter().map(Statement::plain).collect();
            steps.push(migrations::done(step, clock::now().timestamp_millis()));
            self.database.execute(&steps).await?;
        }
        Ok(())
    }
}
