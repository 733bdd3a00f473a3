//! Queries, changes, and which queries a change makes stale.
//!
//! A query keeps the last good data: a failed refresh shows it, marked stale, beside the error.

use std::{cell::OnceCell, future::Future, hash::Hash, sync::Arc};

use api::{Client, Error};
use chrono::{DateTime, Utc};
use columns::People;
use leptos::prelude::*;
use leptos_fetch::{QueryClient, QueryOptions, QueryScopeLocal};
use model::{
    Behaviors, CreateIntegration, Integration, IntegrationId, ReferenceId, RiskEvents, TenantUrl,
    UpdateBehaviors, UpdateIntegration, UserId, Whoami,
};

use crate::{clock, transport::Browser};

/// Data of this age is read again when a page that shows it is opened.
const STALE_AFTER: std::time::Duration = std::time::Duration::from_secs(30);

/// What a query knows: the last good data, and why the last read failed, if it did.
#[derive(Debug)]
pub struct Snapshot<T> {
    pub data: Option<Arc<T>>,
    /// When `data` was read.
    pub at: Option<DateTime<Utc>>,
    pub error: Option<Arc<Error>>,
}

impl<T> Clone for Snapshot<T> {
    fn clone(&self) -> Self {
        Self { data: self.data.clone(), at: self.at, error: self.error.clone() }
    }
}

impl<T> PartialEq for Snapshot<T> {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
            && self.error == other.error
            && self.data.as_ref().map(Arc::as_ptr) == other.data.as_ref().map(Arc::as_ptr)
    }
}

/// A query as a component uses it.
#[derive(Debug)]
pub struct Query<T: Send + Sync + 'static> {
    /// Nothing until the first read has ended.
    pub snapshot: Memo<Option<Snapshot<T>>>,
    pub fetching: Signal<bool>,
    pub refresh: Callback<()>,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Send + Sync + 'static> Query<T> {
    /// The last good data.
    pub fn data(&self) -> Option<Arc<T>> {
        self.snapshot.with(|snapshot| snapshot.as_ref().and_then(|s| s.data.clone()))
    }

    pub fn at(&self) -> Option<DateTime<Utc>> {
        self.snapshot.with(|snapshot| snapshot.as_ref().and_then(|s| s.at))
    }

    pub fn error(&self) -> Option<Arc<Error>> {
        self.snapshot.with(|snapshot| snapshot.as_ref().and_then(|s| s.error.clone()))
    }
}

/// What the query functions need. They are plain functions, since that is what the cache tells
/// queries apart by, so it is here and not in a closure.
#[derive(Debug)]
struct Source {
    client: Client<Browser>,
    queries: QueryClient,
}

thread_local! {
    static SOURCE: OnceCell<Source> = const { OnceCell::new() };
}

/// Makes the cache; called once, by the shell.
pub fn provide() {
    let options = QueryOptions::new().with_stale_time(STALE_AFTER);
    QueryClient::new().with_options(options).provide();
}

/// Who is asking.
pub async fn whoami() -> Result<Whoami, Error> {
    api::client::whoami(&Browser).await
}

/// Sets the account that the queries are about; called once, when it is known who is asking.
pub fn start(whoami: &Whoami) {
    let client = Client::new(Browser, whoami.account_id.clone());
    let queries: QueryClient = expect_context();
    SOURCE.with(|source| {
        // A second answer to the same question changes nothing.
        let _ = source.set(Source { client, queries });
    });
}

fn client() -> Client<Browser> {
    SOURCE.with(|source| source.get().expect("started before any page").client.clone())
}

fn queries() -> QueryClient {
    SOURCE.with(|source| source.get().expect("started before any page").queries)
}

fn use_query<K, T>(
    scope: fn() -> QueryScopeLocal<K, Snapshot<T>>,
    key: impl Fn() -> K + Copy + Send + Sync + 'static,
) -> Query<T>
where
    K: std::fmt::Debug + Hash + Clone + 'static,
    T: std::fmt::Debug + Send + Sync + 'static,
{
    let queries = queries();
    let resource = queries.local_resource(scope(), key);
    Query {
        snapshot: Memo::new(move |_| resource.get()),
        fetching: queries.subscribe_is_fetching_local(scope(), key),
        refresh: Callback::new(move |()| {
            queries.invalidate_query(scope(), untrack(key));
        }),
    }
}

/// The fresh data, or the last good one with the error.
async fn read<T>(
    last: Option<Snapshot<T>>,
    answer: impl Future<Output = Result<T, Error>>,
) -> Snapshot<T> {
    match answer.await {
        Ok(data) => Snapshot { data: Some(Arc::new(data)), at: Some(clock::now()), error: None },
        Err(error) => Snapshot {
            data: last.as_ref().and_then(|last| last.data.clone()),
            at: last.and_then(|last| last.at),
            error: Some(Arc::new(error)),
        },
    }
}

async fn people() -> Snapshot<People> {
    let client = client();
    let last = queries().get_cached_query(people, ());
    read(last, async { client.summary().await.map(People::new) }).await
}

async fn user(id: UserId) -> Snapshot<RiskEvents> {
    let client = client();
    read(queries().get_cached_query(user, id), client.user(id)).await
}

async fn behaviors() -> Snapshot<Behaviors> {
    let client = client();
    read(queries().get_cached_query(behaviors, ()), client.behaviors()).await
}

async fn integrations() -> Snapshot<Vec<Integration>> {
    let client = client();
    read(queries().get_cached_query(integrations, ()), client.integrations()).await
}

async fn integration(id: IntegrationId) -> Snapshot<Integration> {
    let client = client();
    read(queries().get_cached_query(integration, id), client.integration(id)).await
}

/// Brings what is known up to date with a change that was made, so that nothing shows what was
/// until it is read again.
fn patch<K, T>(scope: fn() -> QueryScopeLocal<K, Snapshot<T>>, key: K, change: impl FnOnce(&mut T))
where
    K: std::fmt::Debug + Hash + Clone + 'static,
    T: std::fmt::Debug + Clone + 'static,
{
    let Some(mut snapshot) = queries().get_cached_query(scope(), key.clone()) else { return };
    if let Some(data) = &mut snapshot.data {
        change(Arc::make_mut(data));
        queries().set_query_local(scope(), key, snapshot);
    }
}

/// Everyone who has a level.
pub fn use_people() -> Query<People> {
    use_query(|| QueryScopeLocal::new(people), || ())
}

/// One user's events.
pub fn use_user(id: UserId) -> Query<RiskEvents> {
    use_query(|| QueryScopeLocal::new(user), move || id)
}

pub fn use_behaviors() -> Query<Behaviors> {
    use_query(|| QueryScopeLocal::new(behaviors), || ())
}

pub fn use_integrations() -> Query<Vec<Integration>> {
    use_query(|| QueryScopeLocal::new(integrations), || ())
}

pub fn use_integration(id: IntegrationId) -> Query<Integration> {
    use_query(|| QueryScopeLocal::new(integration), move || id)
}

/// The integration with this reference ID, read anew each time.
pub async fn find_integration(reference: ReferenceId) -> Result<Integration, Error> {
    client().integration_by_reference(reference).await
}

/// Takes a user's level away; whatever came of it, the lists are read again.
pub async fn reset_user(id: UserId, reason: Option<String>) -> Result<(), Error> {
    let outcome = client().reset_user(id, reason).await;
    queries().invalidate_query(people, ());
    queries().invalidate_query(user, id);
    outcome
}

pub async fn update_behaviors(changes: UpdateBehaviors) -> Result<(), Error> {
    let outcome = client().update_behaviors(&changes).await;
    if outcome.is_ok() {
        // What was sent, since the answer may lack the names.
        patch(
            || QueryScopeLocal::new(behaviors),
            (),
            |known: &mut Behaviors| {
                for (key, change) in changes.behaviors {
                    if let Some(behavior) = known.behaviors.get_mut(&key) {
                        behavior.enabled = change.enabled;
                        behavior.risk_level = Some(change.risk_level.into());
                    }
                }
            },
        );
    }
    queries().invalidate_query(behaviors, ());
    outcome.map(|_| ())
}

/// Which fields of an integration to change; the others stay as they are.
#[derive(Clone, Debug, Default)]
pub struct IntegrationChange {
    pub tenant_url: Option<TenantUrl>,
    pub reference_id: Option<ReferenceId>,
    pub active: Option<bool>,
}

/// Why an integration was not changed.
#[derive(Clone, Debug)]
pub enum NotChanged {
    /// It could not be read anew; nothing was sent.
    Unread(Error),
    /// What the vendor reports in a field that stays can't be sent back; nothing was sent.
    Odd,
    Failed(Error),
}

pub async fn create_integration(new: CreateIntegration) -> Result<Integration, Error> {
    let outcome = client().create_integration(&new).await;
    if let Ok(created) = &outcome {
        patch(|| QueryScopeLocal::new(integrations), (), |all| all.push(created.clone()));
        remember(created);
    }
    queries().invalidate_query(integrations, ());
    outcome
}

/// Changes some fields. The vendor overwrites all three, so the others are read anew and sent
/// back: what somebody else changed meanwhile stays changed.
pub async fn change_integration(
    id: IntegrationId,
    change: IntegrationChange,
) -> Result<Integration, NotChanged> {
    let outcome = read_and_change(id, change).await;
    if let Ok(changed) = &outcome {
        remember(changed);
        patch(
            || QueryScopeLocal::new(integrations),
            (),
            |all| {
                if let Some(known) = all.iter_mut().find(|known| known.id == Some(id)) {
                    known.clone_from(changed);
                }
            },
        );
    }
    queries().invalidate_query(integrations, ());
    queries().invalidate_query(integration, id);
    outcome
}

async fn read_and_change(
    id: IntegrationId,
    change: IntegrationChange,
) -> Result<Integration, NotChanged> {
    let now = client().integration(id).await.map_err(NotChanged::Unread)?;
    let update = UpdateIntegration {
        tenant_url: match change.tenant_url {
            Some(url) => url,
            None => now.tenant_url.parse().map_err(|_| NotChanged::Odd)?,
        },
        active: change.active.unwrap_or(now.active),
        reference_id: match change.reference_id {
            Some(reference) => Some(reference),
            None => Some(now.reference_id.parse().map_err(|_| NotChanged::Odd)?),
        },
    };
    client().update_integration(id, &update).await.map_err(NotChanged::Failed)
}

pub async fn delete_integration(id: IntegrationId) -> Result<(), Error> {
    let outcome = client().delete_integration(id).await;
    if outcome.is_ok() {
        patch(
            || QueryScopeLocal::new(integrations),
            (),
            |all| {
                all.retain(|known| known.id != Some(id));
            },
        );
    }
    queries().invalidate_query(integrations, ());
    outcome
}

/// Reads an integration again when it is next looked at.
pub fn forget_integration(id: IntegrationId) {
    let gone = Snapshot { data: None, at: None, error: None };
    queries().set_query_local(QueryScopeLocal::new(integration), id, gone);
    queries().invalidate_query(integration, id);
}

/// Keeps what an answer says of an integration for its page.
fn remember(known: &Integration) {
    let Some(id) = known.id else { return };
    let snapshot =
        Snapshot { data: Some(Arc::new(known.clone())), at: Some(clock::now()), error: None };
    queries().set_query_local(QueryScopeLocal::new(integration), id, snapshot);
}
