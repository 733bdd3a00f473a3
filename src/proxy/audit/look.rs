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

use super::result;
use crate::{change::Change, reply::Reply};

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

/// What the look found.
#[derive(Default)]
pub(super) struct Found {
    pub name: Option<String>,
    pub before: Option<Value>,
}

impl Found {
    pub(super) fn read(change: &Change, answer: Response<Bytes>) -> Self {
        let found = match change.kind {
            OperationKind::ResetUser => scrubbed(OperationKind::User, answer).and_then(Self::user),
            OperationKind::UpdateBehaviors => scrubbed(OperationKind::Behaviors, answer)
                .and_then(|body| Self::behaviors(&body, &change.body)),
            OperationKind::UpdateIntegration | OperationKind::DeleteIntegration => {
                scrubbed(OperationKind::Integration, answer).and_then(Self::integration)
            }
            _ => None,
        };
        found.unwrap_or_default()
    }

    fn user(body: Bytes) -> Option<Self> {
        let RiskEvents { name, email, risk_level, .. } = result(&body)?;
        let name = [name, email].into_iter().find(|text| !text.trim().is_empty());
        Some(Self { name, before: risk_level.map(|level| json!({ "risk_level": level })) })
    }

    fn behaviors(body: &Bytes, asked: &Bytes) -> Option<Self> {
        let found: Behaviors = result(body)?;
        let asked: UpdateBehaviors = serde_json::from_slice(asked).ok()?;
        let named = asked.behaviors.keys().filter_map(|key| {
            let behavior = found.behaviors.get(key)?;
            let setting = json!({ "enabled": behavior.enabled, "risk_level": behavior.risk_level });
            Some((key.to_string(), setting))
        });
        Some(Self { name: None, before: Some(Value::Object(named.collect())) })
    }

    fn integration(body: Bytes) -> Option<Self> {
        let found: Integration = result(&body)?;
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

/// The body of an answer that the client would get as well.
fn scrubbed(read: OperationKind, answer: Response<Bytes>) -> Option<Bytes> {
    let answer = Reply::to(read).finish(answer);
    answer.status().is_success().then(|| answer.into_body())
}
