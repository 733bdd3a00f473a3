//! What the pages read and change. Only this and the pages know the client.
//!
//! - [`cache`] the questions, their last good answers, and reading them again
//! - [`change`] the writes, and which questions each of them makes stale

mod cache;
mod change;

use std::cell::OnceCell;

pub use api::{AuditLine, AuditPage, Effect, Error, Tagged};

pub use cache::{
    Query, Reading, State, use_audit, use_behaviors, use_integration, use_integrations, use_people,
    use_user,
};
pub use change::{
    IntegrationChange, NotChanged, change_integration, count_integrations, create_integration,
    delete_integration, forget_integration, reset_user, update_behaviors,
};

use api::Client;
use model::{AuditQuery, EventDetails, Integration, Operation, ReferenceId, Whoami};

use crate::transport::Browser;

thread_local! {
    /// What the reads and writes ask, about the account of the person who is signed in.
    static CLIENT: OnceCell<Client<Browser>> = const { OnceCell::new() };
}

/// Who is asking.
pub async fn whoami(browser: Browser) -> Result<Whoami, Error> {
    api::client::whoami(&browser).await
}

/// Sets the account that all questions are about; called once, when it is known who is asking.
pub fn start(browser: Browser, whoami: &Whoami) {
    CLIENT.with(|client| {
        // A second answer to the same question changes nothing.
        let _ = client.set(Client::new(browser, whoami.account_id.clone()));
    });
}

fn client() -> Client<Browser> {
    CLIENT.with(|client| client.get().expect("started before any page").clone())
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
