//! What the pages read and change. Only this and the pages know the client.
//!
//! - [`cache`] the questions, their last good answers, and reading them again
//! - [`shown`] which of them anybody waits for: the requests of the others end
//! - [`change`] the writes, and which questions each of them makes stale

mod cache;
mod change;
mod shown;

use std::cell::OnceCell;

pub use api::Error;
pub use cache::{
    Query, Reading, State, provide, use_behaviors, use_integration, use_integrations, use_people,
    use_user,
};
pub use change::{
    IntegrationChange, NotChanged, change_integration, create_integration, delete_integration,
    forget_integration, reset_user, update_behaviors,
};

use api::Client;
use leptos::prelude::*;
use leptos_fetch::QueryClient;
use model::{Integration, ReferenceId, Whoami};

use crate::transport::Browser;

/// What the reads and writes need. The cache tells questions apart by plain functions, so this is
/// here and not in a closure.
#[derive(Debug)]
struct Source {
    client: Client<Browser>,
    queries: QueryClient,
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
    let client = Client::new(browser, whoami.account_id.clone());
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

/// The integration with this reference ID, read anew each time.
pub async fn find_integration(reference: ReferenceId) -> Result<Integration, Error> {
    client().integration_by_reference(reference).await
}
