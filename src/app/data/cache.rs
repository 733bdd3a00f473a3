//! The questions that pages ask, and their last good answers.
//!
//! A failed refresh keeps the last good data beside the error, so that a page shows it, marked
//! stale. All questions share one type and one function: the cache is compiled once, not once a
//! question.

use std::{any::Any, marker::PhantomData, sync::Arc};

use api::Error;
use chrono::{DateTime, Utc};
use columns::People;
use leptos::prelude::*;
use leptos_fetch::{QueryClient, QueryOptions, QueryScopeLocal};
use model::{Behaviors, Integration, IntegrationId, RiskEvents, UserId};

use super::{
    client, queries,
    shown::{show, while_shown},
};
use crate::clock;

/// Data of this age is read again when a page that shows it is opened.
const STALE_AFTER: std::time::Duration = std::time::Duration::from_secs(30);

/// What can be asked. Each has one type of data; see the `use_…` functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Question {
    People,
    User(UserId),
    Behaviors,
    Integrations,
    Integration(IntegrationId),
}

type Data = Arc<dyn Any + Send + Sync>;

/// What is known: the last good data, and why the last read failed, if it did.
#[derive(Clone, Debug, Default)]
pub(super) struct Snapshot {
    data: Option<Data>,
    /// When `data` was read.
    at: Option<DateTime<Utc>>,
    error: Option<Arc<Error>>,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        let address =
            |snapshot: &Self| snapshot.data.as_ref().map(|data| Arc::as_ptr(data).cast::<()>());
        self.at == other.at && self.error == other.error && address(self) == address(other)
    }
}

/// How reading a question goes, whatever its data.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    snapshot: Memo<Option<Snapshot>>,
    pub fetching: Signal<bool>,
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

/// Makes the cache; called once, by the shell.
pub fn provide() {
    let options = QueryOptions::new().with_stale_time(STALE_AFTER);
    QueryClient::new().with_options(options).provide();
}

/// Reads the answer from the vendor; on failure the last good data stays.
async fn answer(question: Question) -> Snapshot {
    let answer = while_shown(question, || read(question)).await;
    match answer {
        Ok(data) => Snapshot { data: Some(data), at: Some(clock::now()), error: None },
        Err(error) => {
            let last = queries().get_cached_query(answer_scope(), question).unwrap_or_default();
            Snapshot { error: Some(Arc::new(error)), ..last }
        }
    }
}

async fn read(question: Question) -> Result<Data, Error> {
    let client = client();
    match question {
        Question::People => client.summary().await.map(|all| Arc::new(People::new(all)) as Data),
        Question::User(id) => client.user(id).await.map(|user| Arc::new(user) as Data),
        Question::Behaviors => client.behaviors().await.map(|all| Arc::new(all) as Data),
        Question::Integrations => client.integrations().await.map(|all| Arc::new(all) as Data),
        Question::Integration(id) => client.integration(id).await.map(|one| Arc::new(one) as Data),
    }
}

fn answer_scope() -> QueryScopeLocal<Question, Snapshot> {
    QueryScopeLocal::new(answer)
}

fn use_query<T>(question: Question) -> Query<T> {
    show(question);
    let queries = queries();
    // A read holds on to the owners around it until it ends. The page's own must go with the page.
    let apart = Owner::default();
    let resource = apart.with(|| queries.local_resource(answer_scope(), move || question));
    on_cleanup(move || apart.cleanup());
    let reading = Reading {
        snapshot: Memo::new(move |_| resource.try_get().flatten()),
        fetching: queries.subscribe_is_fetching_local(answer_scope(), move || question),
        refresh: Callback::new(move |()| reread(question)),
    };
    Query { reading, data: PhantomData }
}

/// Everyone who has a level.
pub fn use_people() -> Query<People> {
    use_query(Question::People)
}

/// One user's events.
pub fn use_user(id: UserId) -> Query<RiskEvents> {
    use_query(Question::User(id))
}

pub fn use_behaviors() -> Query<Behaviors> {
    use_query(Question::Behaviors)
}

pub fn use_integrations() -> Query<Vec<Integration>> {
    use_query(Question::Integrations)
}

pub fn use_integration(id: IntegrationId) -> Query<Integration> {
    use_query(Question::Integration(id))
}

/// Reads again: at once where the answer is shown, else when it is next asked for.
pub(super) fn reread(question: Question) {
    queries().invalidate_query(answer_scope(), question);
}

/// Brings what is known up to date with a change that was made, so that nothing shows what was
/// until it is read again.
pub(super) fn patch<T: Clone + Send + Sync + 'static>(
    question: Question,
    change: impl FnOnce(&mut T),
) {
    let Some(snapshot) = queries().get_cached_query(answer_scope(), question) else { return };
    let known: Option<Arc<T>> = snapshot.data.clone().and_then(|data| data.downcast().ok());
    if let Some(known) = known {
        let mut changed = T::clone(&known);
        change(&mut changed);
        let data: Data = Arc::new(changed);
        let snapshot = Snapshot { data: Some(data), ..snapshot };
        queries().set_query_local(answer_scope(), question, snapshot);
    }
}

/// Keeps what another answer told.
pub(super) fn remember(question: Question, data: Data) {
    let snapshot = Snapshot { data: Some(data), at: Some(clock::now()), error: None };
    queries().set_query_local(answer_scope(), question, snapshot);
}

/// Keeps nothing, and reads again.
pub(super) fn forget(question: Question) {
    queries().set_query_local(answer_scope(), question, Snapshot::default());
    reread(question);
}
