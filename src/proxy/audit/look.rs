//! The look at what is there before a change.
//!
//! | change | look | name | before |
//! |---|---|---|---|
//! | reset a user | the user | the user's, or the address | the level |
//! | behaviors | all behaviors | none | those that the request names |
//! | update or delete an integration | the integration | the tenant's host | what a request can set |
//! | create an integration | none | from the answer | none |

use bytes::Bytes;
use http::Response;
use model::{Behaviors, Integration, Operation, OperationKind, RiskEvents, UpdateBehaviors};
use serde_json::{Value, json};

use crate::{answer, change::Change};

/// The read to make before `operation`.
pub(crate) fn look(operation: &Operation) -> Option<Operation> {
    match operation {
        Operation::ResetUser(id) => Some(Operation::User(*id)),
        Operation::UpdateBehaviors => Some(Operation::Behaviors),
        Operation::UpdateIntegration(id) | Operation::DeleteIntegration(id) => {
            Some(Operation::Integration(*id))
        }
        _ => None,
    }
}

/// What the look found. Only [`Change::compare`] gives it out: a host can't skip that.
#[derive(Debug, Default)]
pub struct Found {
    pub(super) name: Option<String>,
    pub(super) before: Option<Value>,
}

impl Found {
    /// Reads the scrubbed answer to a change's look.
    pub(crate) fn read(change: &Change, look: &Response<Bytes>) -> Self {
        let found = match change.kind {
            OperationKind::ResetUser => Self::user(look),
            OperationKind::UpdateBehaviors => Self::behaviors(look, &change.body),
            OperationKind::UpdateIntegration | OperationKind::DeleteIntegration => {
                Self::integration(look)
            }
            _ => None,
        };
        found.unwrap_or_default()
    }

    fn user(look: &Response<Bytes>) -> Option<Self> {
        let RiskEvents { name, email, risk_level, .. } = answer::result(look)?;
        let name = [name, email].into_iter().find(|text| !text.trim().is_empty());
        Some(Self { name, before: risk_level.map(|level| json!({ "risk_level": level })) })
    }

    fn behaviors(look: &Response<Bytes>, asked: &Bytes) -> Option<Self> {
        let found: Behaviors = answer::result(look)?;
        let asked: UpdateBehaviors = serde_json::from_slice(asked).ok()?;
        let named = asked.behaviors.keys().filter_map(|key| {
            let behavior = found.behaviors.get(key)?;
            let setting = json!({ "enabled": behavior.enabled, "risk_level": behavior.risk_level });
            Some((key.to_string(), setting))
        });
        Some(Self { name: None, before: Some(Value::Object(named.collect())) })
    }

    fn integration(look: &Response<Bytes>) -> Option<Self> {
        let found: Integration = answer::result(look)?;
        Some(Self { name: Some(found.host().to_owned()), before: Some(integration(&found)) })
    }
}

/// What there is to set of an integration.
pub(super) fn integration(integration: &Integration) -> Value {
    json!({
        "integration_type": integration.integration_type,
        "tenant_url": integration.tenant_url,
        "reference_id": integration.reference_id,
        "active": integration.active,
    })
}
