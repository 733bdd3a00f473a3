//! The writes. Whatever came of one, what it touches is read again.

use std::sync::Arc;

use api::Error;
use model::{
    Behaviors, CreateIntegration, Integration, IntegrationId, ReferenceId, TenantUrl,
    UpdateBehaviors, UpdateIntegration, UserId,
};

use super::{
    cache::{Question, forget, patch, remember, reread},
    client,
};

/// Takes a user's level away; whatever came of it, the lists are read again.
pub async fn reset_user(id: UserId, reason: Option<String>) -> Result<(), Error> {
    let outcome = client().reset_user(id, reason).await;
    reread(&Question::People);
    reread(&Question::User(id));
    outcome
}

pub async fn update_behaviors(changes: UpdateBehaviors) -> Result<(), Error> {
    let outcome = client().update_behaviors(&changes).await;
    if outcome.is_ok() {
        // What was sent, since the answer may lack the names.
        patch(&Question::Behaviors, |known: &mut Behaviors| {
            for (key, change) in changes.behaviors {
                if let Some(behavior) = known.behaviors.get_mut(&key) {
                    behavior.enabled = change.enabled;
                    behavior.risk_level = Some(change.risk_level.into());
                }
            }
        });
    }
    reread(&Question::Behaviors);
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
        patch(&Question::Integrations, |all: &mut Vec<Integration>| all.push(created.clone()));
        remember_integration(created);
    }
    reread(&Question::Integrations);
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
        remember_integration(changed);
        patch(&Question::Integrations, |all: &mut Vec<Integration>| {
            if let Some(known) = all.iter_mut().find(|known| known.id == Some(id)) {
                known.clone_from(changed);
            }
        });
    }
    reread(&Question::Integrations);
    reread(&Question::Integration(id));
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
        patch(&Question::Integrations, |all: &mut Vec<Integration>| {
            all.retain(|known| known.id != Some(id));
        });
    }
    reread(&Question::Integrations);
    outcome
}

/// Reads an integration again when it is next looked at.
pub fn forget_integration(id: IntegrationId) {
    forget(&Question::Integration(id));
}

/// Keeps what an answer says of an integration for its page.
fn remember_integration(known: &Integration) {
    if let Some(id) = known.id {
        remember(&Question::Integration(id), Arc::new(known.clone()));
    }
}
