//! The part of an account that is configured, as a file: behaviors and integrations, as Terraform's
//! own language or as JSON.
//!
//! - [`Configuration`] what such a file says; [`Configuration::read`] reads both forms
//! - [`hcl`] writes Terraform's language, [`syntax`] reads the part of it that is needed
//! - [`resources`] the provider's resources and their documented attributes
//! - [`drift`] compares a file with what holds

mod drift;
mod hcl;
mod resources;
mod syntax;

use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use crate::{
    AccountId, BehaviorChange, BehaviorKey, Behaviors, Integration, IntegrationId, RiskLevel,
};

pub use drift::{BehaviorDrift, Drift, FieldDrift, IntegrationDrift};

/// What a file says. What it leaves out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Configuration {
    /// Absent where the file takes it from elsewhere, such as a variable.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<AccountId>,
    #[serde(default)]
    pub behaviors: BTreeMap<BehaviorKey, BehaviorChange>,
    #[serde(default)]
    pub integrations: Vec<ConfiguredIntegration>,
}

/// An integration as a file has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfiguredIntegration {
    /// Which one it is, where it is there already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<IntegrationId>,
    pub integration_type: String,
    pub tenant_url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_id: Option<String>,
}

/// Why a file can't be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct Unreadable {
    /// From 1.
    pub line: usize,
    pub problem: Problem,
}

/// What is wrong in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem(String);

impl Problem {
    pub(crate) fn at(line: usize, problem: impl Into<String>) -> Unreadable {
        Unreadable { line, problem: Self(problem.into()) }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Configuration {
    /// What holds, as a file has it. A behavior without one of the three documented levels can't be
    /// written and is left out.
    #[must_use]
    pub fn of(account: AccountId, behaviors: &Behaviors, integrations: &[Integration]) -> Self {
        let behaviors = behaviors.behaviors.iter().filter_map(|(key, behavior)| {
            let risk_level = behavior.risk_level.as_ref().and_then(RiskLevel::known)?;
            Some((key.clone(), BehaviorChange { enabled: behavior.enabled, risk_level }))
        });
        Self {
            account_id: Some(account),
            behaviors: behaviors.collect(),
            integrations: integrations.iter().map(ConfiguredIntegration::from).collect(),
        }
    }

    /// As JSON, with the vendor's names.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Plain fields with text keys: they always serialize.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// As Terraform's language, for the provider `cloudflare/cloudflare`, version 5.
    #[must_use]
    pub fn to_terraform(&self) -> String {
        hcl::write(self)
    }

    /// Reads either form.
    ///
    /// # Errors
    /// The text is neither, or says something that the resources don't have.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        let text = text.trim_start_matches('\u{feff}');
        if text.trim_start().starts_with('{') {
            return serde_json::from_str(text)
                .map_err(|error| Problem::at(error.line().max(1), error.to_string()));
        }
        resources::read(syntax::parse(text)?)
    }
}

impl From<&Integration> for ConfiguredIntegration {
    fn from(integration: &Integration) -> Self {
        Self {
            id: integration.id,
            integration_type: integration.integration_type.clone(),
            tenant_url: integration.tenant_url.clone(),
            active: Some(integration.active),
            reference_id: Some(integration.reference_id.clone()).filter(|id| !id.is_empty()),
        }
    }
}

#[cfg(test)]
mod tests;
