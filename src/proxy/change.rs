//! What to put on record about a change: who did what to whom, and why.

use chrono::{DateTime, Utc};
use model::{Operation, Role};

use crate::{input::Reason, policy::Permit};

/// A change that is about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub at: DateTime<Utc>,
    pub actor: String,
    pub role: Role,
    /// The operation's name, as in [`model::operations::Spec`].
    pub operation: &'static str,
    /// The user or integration, where the path names one.
    pub target: Option<String>,
    pub reason: Option<Reason>,
}

impl Change {
    pub(crate) fn new(permit: &Permit, reason: Option<Reason>, at: DateTime<Utc>) -> Self {
        Self {
            at,
            actor: permit.identity().name().to_owned(),
            role: permit.identity().role(),
            operation: permit.operation().kind().spec().name,
            target: target(permit.operation()),
            reason,
        }
    }
}

fn target(operation: &Operation) -> Option<String> {
    match operation {
        Operation::User(id) | Operation::ResetUser(id) => Some(id.to_string()),
        Operation::Integration(id)
        | Operation::UpdateIntegration(id)
        | Operation::DeleteIntegration(id) => Some(id.to_string()),
        Operation::IntegrationByReference(reference) => Some(reference.to_string()),
        Operation::Summary
        | Operation::Behaviors
        | Operation::UpdateBehaviors
        | Operation::Integrations
        | Operation::CreateIntegration => None,
    }
}
