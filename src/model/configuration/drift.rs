//! What holds, compared with what a file says.

use super::{Configuration, ConfiguredIntegration};
use crate::{Behavior, BehaviorChange, BehaviorKey, Behaviors, Integration, IntegrationId};

/// All that differs. What the file leaves out does not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drift {
    pub behaviors: Vec<BehaviorDrift>,
    pub integrations: Vec<IntegrationDrift>,
    /// How many behaviors and integrations hold that the file does not name.
    pub unnamed_behaviors: usize,
    pub unnamed_integrations: usize,
}

/// A behavior that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct BehaviorDrift {
    pub key: BehaviorKey,
    /// Nothing where Cloudflare knows no such behavior.
    pub now: Option<Behavior>,
    pub file: BehaviorChange,
}

/// An integration that differs.
#[derive(Clone, Debug, PartialEq)]
pub enum IntegrationDrift {
    /// It is in the file alone.
    Missing(ConfiguredIntegration),
    Changed {
        id: Option<IntegrationId>,
        host: String,
        fields: Vec<FieldDrift>,
    },
}

/// A field that differs, by the vendor's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDrift {
    pub field: &'static str,
    pub now: String,
    pub file: String,
}

impl Drift {
    /// Whether what the file says is what holds.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.behaviors.is_empty() && self.integrations.is_empty()
    }
}

impl Configuration {
    /// Compares with what holds. An integration is found by its ID; where the file has none, by its
    /// reference ID, then by its tenant.
    #[must_use]
    pub fn drift(&self, behaviors: &Behaviors, integrations: &[Integration]) -> Drift {
        let drifted = self.behaviors.iter().filter_map(|(key, file)| {
            let now = behaviors.behaviors.get(key);
            let level = now.and_then(|now| now.risk_level.as_ref()?.known());
            let same = now.is_some_and(|now| now.enabled == file.enabled)
                && level == Some(file.risk_level);
            let drift = BehaviorDrift { key: key.clone(), now: now.cloned(), file: *file };
            (!same).then_some(drift)
        });
        let mut left: Vec<&Integration> = integrations.iter().collect();
        let mut drift = Drift { behaviors: drifted.collect(), ..Drift::default() };
        let named = |key: &&BehaviorKey| self.behaviors.contains_key(*key);
        drift.unnamed_behaviors =
            behaviors.behaviors.len() - behaviors.behaviors.keys().filter(named).count();
        // Those with an ID first: no other may be taken for theirs.
        let (sure, unsure): (Vec<_>, Vec<_>) =
            self.integrations.iter().partition(|integration| integration.id.is_some());
        for file in sure.into_iter().chain(unsure) {
            match file.find(&left).map(|at| left.remove(at)) {
                None => drift.integrations.push(IntegrationDrift::Missing(file.clone())),
                Some(now) => drift.integrations.extend(file.changes(now)),
            }
        }
        drift.unnamed_integrations = left.len();
        drift
    }
}

impl ConfiguredIntegration {
    fn find(&self, all: &[&Integration]) -> Option<usize> {
        if self.id.is_some() {
            return all.iter().position(|now| now.id == self.id);
        }
        let by_reference = self
            .reference_id
            .as_ref()
            .and_then(|reference| all.iter().position(|now| now.reference_id == *reference));
        by_reference.or_else(|| all.iter().position(|now| now.tenant_url == self.tenant_url))
    }

    fn changes(&self, now: &Integration) -> Option<IntegrationDrift> {
        let sides = [
            ("integration_type", &now.integration_type, Some(&self.integration_type)),
            ("tenant_url", &now.tenant_url, Some(&self.tenant_url)),
            ("reference_id", &now.reference_id, self.reference_id.as_ref()),
        ];
        // The provider takes the type in any case.
        let same = |field: &str, a: &str, b: &str| {
            a == b || field == "integration_type" && a.eq_ignore_ascii_case(b)
        };
        let texts = sides.into_iter().filter_map(|(field, now, file)| {
            let file = file.filter(|file| !same(field, now, file))?;
            Some(FieldDrift { field, now: now.clone(), file: file.clone() })
        });
        let active = self.active.filter(|active| *active != now.active).map(|active| FieldDrift {
            field: "active",
            now: now.active.to_string(),
            file: active.to_string(),
        });
        let fields: Vec<FieldDrift> = texts.chain(active).collect();
        let host = now.host().to_owned();
        (!fields.is_empty()).then_some(IntegrationDrift::Changed { id: now.id, host, fields })
    }
}
