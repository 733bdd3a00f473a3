//! The writes, each of them sent once. Whatever came of one, what it touches is read again.
//!
//! A change says what it is a change of. Where that is no longer there, nothing is sent, and what
//! is there now takes the place of what was known.

use std::sync::Arc;

use api::{Error, Tagged};
use model::{
    BatchId, Behaviors, CreateIntegration, Integration, IntegrationId, ReferenceId, RiskLevel,
    TenantUrl, UpdateBehaviors, UpdateIntegration, UserId,
};

use super::{
    cache::{Question, forget, patch, remember, reread},
    client,
};

/// Takes a user's level away; whatever came of it, the lists are read again.
pub async fn reset_user(id: UserId, reason: Option<String>) -> Result<(), Error> {
    let outcome = client().reset_user(id, reason, None).await;
    reread(&Question::People);
    reread(&Question::User(id));
    outcome
}

/// The same as one of many. Whoever makes them reads the lists again once all are made.
pub async fn reset_of_batch(id: UserId, reason: String, batch: BatchId) -> Result<(), Error> {
    let outcome = client().reset_user(id, Some(reason), Some(batch)).await;
    reread(&Question::User(id));
    outcome
}

/// The level that a user has now, read anew.
pub async fn level_of(id: UserId) -> Result<Option<RiskLevel>, Error> {
    Ok(client().user(id).await?.risk_level)
}

/// Changes behaviors that were seen as what has the tag `seen`.
pub async fn update_behaviors(changes: UpdateBehaviors, seen: Option<String>) -> Result<(), Error> {
    let outcome = client().update_behaviors(&changes, seen).await;
    match &outcome {
        // What was sent, since the answer may lack the names. The tag stays that of what was seen
        // until all is read again: the others may have changed too.
        Ok(_) => patch(&Question::Behaviors, |known: &mut Tagged<Behaviors>| {
            for (key, change) in changes.behaviors {
                if let Some(behavior) = known.value.behaviors.get_mut(&key) {
                    behavior.enabled = change.enabled;
                    behavior.risk_level = Some(change.risk_level.into());
                }
            }
        }),
        Err(error) => {
            if let Some(now) = error.now::<Behaviors>() {
                remember(&Question::Behaviors, Arc::new(now));
                return outcome.map(|_| ());
            }
        }
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
        patch(&Question::Integrations, |all: &mut Vec<Integration>| {
            all.push(created.value.clone());
        });
        remember_integration(created);
    }
    reread(&Question::Integrations);
    outcome.map(|created| created.value)
}

/// How many integrations there are for a tenant by now; for whoever doesn't know whether they made
/// one.
pub async fn count_integrations(tenant: &TenantUrl) -> Result<usize, Error> {
    let all = client().integrations().await?;
    Ok(all.iter().filter(|one| one.tenant_url.parse().as_ref() == Ok(tenant)).count())
}

/// Changes some fields of an integration that was `seen` so. The vendor overwrites all three, so
/// the others are sent back. Where nothing was seen that can be held against what is there, it is
/// read anew: what somebody else changed meanwhile stays changed.
pub async fn change_integration(
    id: IntegrationId,
    change: IntegrationChange,
    seen: Option<Arc<Tagged<Integration>>>,
) -> Result<Integration, NotChanged> {
    let outcome = merge_and_change(id, change, seen).await;
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
    if let Err(NotChanged::Failed(error)) = &outcome {
        learn(error);
    }
    outcome.map(|changed| changed.value)
}

async fn merge_and_change(
    id: IntegrationId,
    change: IntegrationChange,
    seen: Option<Arc<Tagged<Integration>>>,
) -> Result<Tagged<Integration>, NotChanged> {
    let now = match seen.filter(|seen| seen.tag.is_some()) {
        Some(seen) => seen,
        None => client().integration(id).await.map(Arc::new).map_err(NotChanged::Unread)?,
    };
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
    let outcome = client().update_integration(id, &update, now.tag.clone()).await;
    outcome.map_err(NotChanged::Failed)
}

/// Deletes an integration that was seen as what has the tag `seen`.
pub async fn delete_integration(id: IntegrationId, seen: Option<String>) -> Result<(), Error> {
    let outcome = client().delete_integration(id, seen).await;
    match &outcome {
        Ok(()) => patch(&Question::Integrations, |all: &mut Vec<Integration>| {
            all.retain(|known| known.id != Some(id));
        }),
        Err(error) => {
            reread(&Question::Integration(id));
            learn(error);
        }
    }
    reread(&Question::Integrations);
    outcome
}

/// Reads an integration again when it is next looked at.
pub fn forget_integration(id: IntegrationId) {
    forget(&Question::Integration(id));
}

/// Keeps what is there now, where somebody else's change was in the way.
fn learn(error: &Error) {
    if let Some(now) = error.now() {
        remember_integration(&now);
    }
}

/// Keeps what an answer says of an integration for its page.
fn remember_integration(known: &Tagged<Integration>) {
    if let Some(id) = known.id {
        remember(&Question::Integration(id), Arc::new(known.clone()));
    }
}
