//! `/integrations` the list, `/integrations/new`, `/integrations/{id}` one of them.

mod delete;
mod detail;
mod doctor;
mod find;
mod form;
mod list;
mod meanwhile;
mod new;
mod okta;
mod settings;
mod status;

pub use detail::IntegrationPage;
pub use list::IntegrationsPage;
pub use new::NewIntegrationPage;

use crate::{text, ui::plain::plain};

/// What people call an integration: its tenant's host name.
fn host(integration: &model::Integration) -> String {
    let host = integration.host();
    if host.trim().is_empty() { text::INTEGRATION.to_owned() } else { plain(host) }
}
