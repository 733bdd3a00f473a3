//! The questions that pages ask, and their last good answers.
//!
//! - [`use_query`] shows an answer for as long as its component is there
//! - [`reread`] reads again: at once where the answer is shown, else when it is next asked for
//! - [`patch`], [`remember`] and [`forget`] change what is known without a read
//! - [`reread_all`] and [`forget_all`] do so with all that is known
//!
//! A read goes on while somebody shows its answer, and no longer: dropping it ends its request.
//! Whatever changes what is known ends it too, since its answer is of before. A failed read keeps
//! the last good data beside the error, so that a page shows it, marked stale.
//!
//! All questions share one type and the same code: the cache is compiled once, not once a question.

use std::{
    any::Any,
    cell::RefCell,
    collections::HashMap,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    rc::Rc,
    sync::Arc,
    task::{Poll, Waker},
};

use api::{AuditPage, Error, Tagged};
use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;
use model::{AuditQuery, Behaviors, Integration, IntegrationId, RiskEvents, UserId};

use super::{
    client,
    people::{self, Everyone},
};
use crate::clock;

/// Data of this age is read again when a page that shows it is opened.
const STALE_AFTER: TimeDelta = TimeDelta::seconds(30);
/// An answer that nobody has shown for this long after it was read is let go.
const KEPT_FOR: TimeDelta = TimeDelta::minutes(5);
/// The longest wait before a read that is tried again by itself, in seconds.
const LONGEST_WAIT: u32 = 3_600;

/// What can be asked. Each has one type of data; see the `use_…` functions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Question {
    People,
    User(UserId),
    Behaviors,
    Integrations,
    Integration(IntegrationId),
    Audit(AuditQuery),
}

type Data = Arc<dyn Any + Send + Sync>;

/// Reads an answer. Whoever asks brings it: a part of the app (`pages::parts`) has the code for its
/// own questions.
type Read = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = Result<Data, Error>>>>>;

/// What is known: the last good data, and why the last read failed, if it did.
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    data: Option<Data>,
    /// When `data` was read.
    at: Option<DateTime<Utc>>,
    error: Option<Arc<Error>>,
    /// When it is tried again by itself.
    retry_at: Option<DateTime<Utc>>,
}

/// How reading a question goes, whatever its data.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    snapshot: RwSignal<Option<Snapshot>>,
    pub fetching: RwSignal<bool>,
    pub refresh: Callback<()>,
}

/// How far a question is answered.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// The first read has not ended.
    Loading,
    /// There is data, be it stale.
    There,
    /// There is no data, and this is why.
    Failed(Arc<Error>),
}

impl Reading {
    pub fn state(&self) -> State {
        self.snapshot.with(|snapshot| match snapshot {
            Some(Snapshot { data: Some(_), .. }) => State::There,
            Some(Snapshot { error: Some(error), .. }) => State::Failed(error.clone()),
            Some(_) | None => State::Loading,
        })
    }

    /// When the last good data was read.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        self.snapshot.with(|snapshot| snapshot.as_ref()?.at)
    }

    /// Why the last read failed, if it did.
    pub fn error(&self) -> Option<Arc<Error>> {
        self.snapshot.with(|snapshot| snapshot.as_ref()?.error.clone())
    }

    /// When the next read starts by itself, where the vendor has asked to wait for so long.
    pub fn retry_at(&self) -> Option<DateTime<Utc>> {
        self.snapshot.with(|snapshot| snapshot.as_ref()?.retry_at)
    }
}

/// A question with the type of its data.
#[derive(Debug)]
pub struct Query<T> {
    pub reading: Reading,
    data: PhantomData<fn() -> T>,
}

impl<T> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Query<T> {}

impl<T> From<Query<T>> for Reading {
    fn from(query: Query<T>) -> Self {
        query.reading
    }
}

impl<T: Send + Sync + 'static> Query<T> {
    /// The last good data.
    pub fn data(&self) -> Option<Arc<T>> {
        let data = self.reading.snapshot.with(|snapshot| snapshot.as_ref()?.data.clone());
        data.and_then(|data| data.downcast().ok())
    }

    pub fn error(&self) -> Option<Arc<Error>> {
        self.reading.error()
    }
}

/// What is kept of a question.
#[derive(Default)]
struct Entry {
    snapshot: ArcRwSignal<Option<Snapshot>>,
    fetching: ArcRwSignal<bool>,
    /// How many components show the answer.
    shown_by: usize,
    /// How the one that showed it first reads it.
    how: Option<Read>,
    /// When the last read ended.
    read_at: Option<DateTime<Utc>>,
    /// Something has changed since.
    invalid: bool,
    /// Not before this time: the vendor has asked to wait.
    wait_until: Option<DateTime<Utc>>,
    /// The number of the read that counts. A higher one ends those before.
    read: u32,
    /// The read under way, which waits for a change of that number.
    reader: Option<Waker>,
}

impl Entry {
    fn is_due(&self) -> bool {
        let now = clock::now();
        let stale = self.read_at.is_none_or(|at| now - at >= STALE_AFTER);
        let waits = self.wait_until.is_some_and(|until| now < until);
        (stale || self.invalid) && !waits && !self.fetching.get_untracked()
    }

    /// Ends the read under way.
    fn end_read(&mut self) {
        self.read += 1;
        self.fetching.set(false);
        if let Some(reader) = self.reader.take() {
            reader.wake();
        }
    }

    /// Takes this for the answer, in place of the one of a read under way.
    fn answer(&mut self, snapshot: Option<Snapshot>) {
        self.end_read();
        self.read_at = snapshot.is_some().then(clock::now);
        self.invalid = false;
        self.wait_until = None;
        self.snapshot.set(snapshot);
    }
}

thread_local! {
    static KNOWN: RefCell<HashMap<Question, Entry>> = RefCell::default();
}

/// Works on what is kept of the question. What listens to its signals runs later, so it may ask
/// for more.
fn with_entry<T>(question: &Question, work: impl FnOnce(&mut Entry) -> T) -> T {
    KNOWN.with_borrow_mut(|known| work(known.entry(question.clone()).or_default()))
}

/// Starts a read where one is due.
fn read_if_due(question: &Question) {
    let read = with_entry(question, |entry| {
        let how = entry.how.clone().filter(|_| entry.shown_by > 0 && entry.is_due())?;
        entry.fetching.set(true);
        Some((how, entry.read))
    });
    if let Some((how, number)) = read {
        leptos::task::spawn_local(read_while_wanted(question.clone(), how, number));
    }
}

async fn read_while_wanted(question: Question, how: Read, number: u32) {
    let mut answer = how();
    let answer = poll_fn(|context| {
        // What was let go of is wanted by nobody, and must not be made anew here.
        let wanted = KNOWN.with_borrow_mut(|known| {
            let entry = known.get_mut(&question).filter(|entry| entry.read == number);
            entry.map(|entry| entry.reader = Some(context.waker().clone())).is_some()
        });
        if wanted { answer.as_mut().poll(context).map(Some) } else { Poll::Ready(None) }
    });
    match answer.await {
        None => {}
        Some(Ok(data)) => remember(&question, data),
        Some(Err(error)) => fail(question, error),
    }
}

/// Keeps the last good data, and tries again by itself where the vendor has said when.
fn fail(question: Question, error: Error) {
    let wait = error.retry_after().filter(|wait| *wait <= LONGEST_WAIT);
    let until = wait.map(|wait| clock::now() + TimeDelta::seconds(wait.into()));
    with_entry(&question, |entry| {
        let last = entry.snapshot.get_untracked().unwrap_or_default();
        entry.answer(Some(Snapshot { error: Some(Arc::new(error)), retry_at: until, ..last }));
        entry.wait_until = until;
    });
    if let Some(wait) = wait {
        let again = move || {
            // Another answer may have come since.
            if with_entry(&question, |entry| entry.wait_until == until) {
                reread(&question);
            }
        };
        set_timeout(again, std::time::Duration::from_secs(wait.into()));
    }
}

/// Lets go of what nobody has shown for long.
fn let_go() {
    let now = clock::now();
    // One that was never read may have a read that is about to end: it has to find out.
    let old = |entry: &Entry| entry.read_at.is_some_and(|at| now - at >= KEPT_FOR);
    KNOWN.with_borrow_mut(|known| known.retain(|_, entry| entry.shown_by > 0 || !old(entry)));
}

/// Shows the answer until the component that is being made goes.
fn use_query<T, F>(question: Question, read: impl Fn() -> F + 'static) -> Query<T>
where
    T: Send + Sync + 'static,
    F: Future<Output = Result<T, Error>> + 'static,
{
    let how: Read = Rc::new(move || {
        let answer = read();
        Box::pin(async move { answer.await.map(|data| Arc::new(data) as Data) })
    });
    Query { reading: show(question, how), data: PhantomData }
}

/// The same, whatever its data.
fn show(question: Question, how: Read) -> Reading {
    let_go();
    let (snapshot, fetching) = with_entry(&question, |entry| {
        entry.shown_by += 1;
        entry.how.get_or_insert(how);
        (entry.snapshot.clone(), entry.fetching.clone())
    });
    read_if_due(&question);
    let asked = question.clone();
    on_cleanup(move || {
        with_entry(&asked, |entry| {
            entry.shown_by -= 1;
            if entry.shown_by == 0 {
                entry.end_read();
            }
        });
    });
    Reading {
        snapshot: snapshot.into(),
        fetching: fetching.into(),
        refresh: Callback::new(move |()| reread(&question)),
    }
}

/// Everyone who has a level.
pub fn use_people() -> Query<Everyone> {
    use_query(Question::People, people::read)
}

/// One user's events.
pub fn use_user(id: UserId) -> Query<RiskEvents> {
    use_query(Question::User(id), move || async move { client().user(id).await })
}

pub fn use_behaviors() -> Query<Tagged<Behaviors>> {
    use_query(Question::Behaviors, || async { client().behaviors().await })
}

pub fn use_integrations() -> Query<Vec<Integration>> {
    use_query(Question::Integrations, || async { client().integrations().await })
}

pub fn use_integration(id: IntegrationId) -> Query<Tagged<Integration>> {
    let read = move || async move { client().integration(id).await };
    use_query(Question::Integration(id), read)
}

/// A page of the audit log.
pub fn use_audit(query: AuditQuery) -> Query<AuditPage> {
    let asked = query.clone();
    let read = move || {
        let asked = asked.clone();
        async move { client().audit(&asked).await }
    };
    use_query(Question::Audit(query), read)
}

/// Reads again: at once where the answer is shown, else when it is next asked for. A read that is
/// under way starts anew.
pub(super) fn reread(question: &Question) {
    with_entry(question, |entry| {
        entry.end_read();
        entry.invalid = true;
        entry.wait_until = None;
    });
    read_if_due(question);
}

/// Brings what is known up to date with a change that was made, so that nothing shows what was
/// until it is read again.
pub(super) fn patch<T: Clone + Send + Sync + 'static>(
    question: &Question,
    change: impl FnOnce(&mut T),
) {
    with_entry(question, |entry| {
        let Some(snapshot) = entry.snapshot.get_untracked() else { return };
        let known: Option<Arc<T>> = snapshot.data.clone().and_then(|data| data.downcast().ok());
        if let Some(known) = known {
            let mut changed = T::clone(&known);
            change(&mut changed);
            let data: Data = Arc::new(changed);
            entry.answer(Some(Snapshot { data: Some(data), ..snapshot }));
        }
    });
}

/// Keeps what an answer told.
pub(super) fn remember(question: &Question, data: Data) {
    let at = Some(clock::now());
    let snapshot = Snapshot { data: Some(data), at, ..Snapshot::default() };
    with_entry(question, |entry| entry.answer(Some(snapshot)));
}

/// Keeps nothing, and reads again.
pub(super) fn forget(question: &Question) {
    with_entry(question, |entry| entry.answer(None));
    reread(question);
}

/// Reads all again that is shown, and the rest when it is next asked for.
pub(super) fn reread_all() {
    all().iter().for_each(reread);
}

/// Keeps nothing at all, and reads again what is shown.
pub(super) fn forget_all() {
    all().iter().for_each(forget);
}

fn all() -> Vec<Question> {
    KNOWN.with_borrow(|known| known.keys().cloned().collect())
}
