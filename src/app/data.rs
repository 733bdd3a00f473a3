//! What the pages read and change. Only this and the pages know the client.
//!
//! - [`cache`] the questions, their last good answers, and reading them again
//! - [`people`] everyone at risk, who are read by the finder, beside the page
//! - [`pieces`] goes through all of them
//! - [`one_by_one`] reads the events of many
//! - [`selection`] who is selected, for what is done to many
//! - [`demo`] what the demo is set to
//! - [`change`] the writes, and which questions each of them makes stale

mod cache;
mod change;
mod demo;
mod one_by_one;
mod people;
mod pieces;
mod selection;

use std::cell::OnceCell;

pub use api::{AuditLine, AuditPage, Effect, Error, Tagged};

pub use cache::{
    Query, Reading, State, use_audit, use_behaviors, use_integration, use_integrations, use_people,
    use_user,
};
pub use demo::set_demo;
pub use one_by_one::OneByOne;
pub use people::{Answer, Everyone, Progress, ask, progress, use_view};
pub use pieces::{Through, through};
pub use selection::{Selected, Selection};

pub use change::{
    IntegrationChange, NotChanged, change_integration, count_integrations, create_integration,
    delete_integration, forget_integration, level_of, reset_of_batch, reset_user, update_behaviors,
};

use api::Client;
use model::{
    AccountId, AuditQuery, EventDetails, Integration, Operation, ReferenceId, RiskEvents, UserId,
    Whoami,
};

use crate::transport::Browser;

/// What the reads and writes ask, about the account of the person who is signed in.
#[derive(Clone)]
struct Source {
    client: Client<Browser>,
    browser: Browser,
    account: AccountId,
}

thread_local! {
    static SOURCE: OnceCell<Source> = const { OnceCell::new() };
}

/// Who is asking.
pub async fn whoami(browser: Browser) -> Result<Whoami, Error> {
    api::client::whoami(&browser).await
}

/// Sets the account that all questions are about; called once, when it is known who is asking.
pub fn start(browser: Browser, whoami: &Whoami) {
    let account = whoami.account_id.clone();
    SOURCE.with(|source| {
        // A second answer to the same question changes nothing.
        let client = Client::new(browser, account.clone());
        let _ = source.set(Source { client, browser, account });
    });
}

fn source() -> Source {
    SOURCE.with(|source| source.get().expect("started before any page").clone())
}

fn client() -> Client<Browser> {
    source().client
}

/// A user's events, read anew.
pub async fn user(id: UserId) -> Result<RiskEvents, Error> {
    client().user(id).await
}

/// The integration with this reference ID, read anew each time.
pub async fn find_integration(reference: ReferenceId) -> Result<Tagged<Integration>, Error> {
    client().integration_by_reference(reference).await
}

/// A page of the audit log, read anew.
pub async fn audit(query: &AuditQuery) -> Result<AuditPage, Error> {
    client().audit(query).await
}

/// What there is now, read anew.
pub async fn look(read: &Operation) -> Result<EventDetails, Error> {
    client().look(read).await
}
