//! A change that is about to be made: who does what to whom, and why. [`crate::precondition`] says
//! whether it is made, [`crate::audit`] what of it goes on record, and when.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::Request;
use model::{BatchId, Operation, OperationKind, Role};

use crate::{
    audit,
    input::{IfMatch, Reason},
    limits,
    policy::Permit,
};

/// A change that is about to be made.
#[derive(Clone, Debug)]
pub struct Change {
    pub at: DateTime<Utc>,
    pub actor: String,
    pub role: Role,
    /// The operation's name, as in [`model::operations::Spec`].
    pub operation: &'static str,
    /// The user or integration, where the path names one.
    pub target: Option<String>,
    pub reason: Option<Reason>,
    /// Which changes were made together with this one.
    pub batch: Option<BatchId>,
    /// What is changed, as the operation that reads it; none for what is only being made.
    pub subject: Option<Operation>,
    /// What to read upstream first: what is there before the change.
    pub look: Option<Request<Bytes>>,
    /// Which states of the subject the change is meant for; any, where it doesn't say.
    pub(crate) if_match: Option<IfMatch>,
    pub(crate) kind: OperationKind,
    /// What is asked for, as it goes upstream.
    pub(crate) body: Bytes,
}

impl Change {
    pub(crate) fn new(
        permit: &Permit,
        reason: Option<Reason>,
        batch: Option<BatchId>,
        if_match: Option<IfMatch>,
        at: DateTime<Utc>,
    ) -> Self {
        let identity = permit.identity();
        let change = Self::of(permit.operation(), identity.name(), identity.role());
        Self { at, reason, batch, if_match, ..change }
    }

    /// How long the look may hold the change up.
    #[must_use]
    pub fn look_time(&self) -> Duration {
        if self.if_match.is_some() { limits::COMPARED_LOOK_TIME } else { limits::LOOK_TIME }
    }

    pub(crate) fn of(operation: &Operation, actor: &str, role: Role) -> Self {
        let kind = operation.kind();
        Self {
            at: DateTime::UNIX_EPOCH,
            actor: actor.to_owned(),
            role,
            operation: kind.spec().name,
            target: target(operation),
            reason: None,
            batch: None,
            subject: audit::look(operation),
            look: None,
            if_match: None,
            kind,
            body: Bytes::new(),
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
