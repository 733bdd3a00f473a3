//! Integrations: where risk levels are sent.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{IntegrationId, ReferenceId},
    lenient,
    tenant::TenantUrl,
};

/// An integration as the vendor reports it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Integration {
    #[serde(default, deserialize_with = "lenient::optional")]
    pub id: Option<IntegrationId>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub account_tag: String,
    /// "Okta" is the only documented type.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub integration_type: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub reference_id: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub tenant_url: String,
    /// The Shared Signals configuration that Okta reads; absolute where observed, relative in the
    /// vendor's example.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub well_known_url: String,
    /// A paused integration exports no change of level.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub active: bool,
    #[serde(default, deserialize_with = "lenient::optional")]
    pub created_at: Option<DateTime<Utc>>,
}

impl Integration {
    /// The tenant's host name, or the whole text where it is no https URL.
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.tenant_url.strip_prefix("https://").unwrap_or(&self.tenant_url);
        rest.split(['/', '?', '#']).next().unwrap_or(rest)
    }
}

/// The kinds of integration that can be made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum IntegrationType {
    #[default]
    Okta,
}

/// `POST …/integrations`. It comes up active: there is no `active` to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CreateIntegration {
    pub integration_type: IntegrationType,
    pub tenant_url: TenantUrl,
    /// Left out, the vendor makes a random UUID.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_id: Option<ReferenceId>,
}

/// `PUT …/integrations/{id}`: overwrites all three, so all three are always sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UpdateIntegration {
    pub tenant_url: TenantUrl,
    pub active: bool,
    #[serde(default)]
    pub reference_id: Option<ReferenceId>,
}
