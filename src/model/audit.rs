//! The audit log: what is put on record about a change.
//!
//! A change leaves two halves, and a reader sees them as one line:
//!
//! | half | written | says |
//! |---|---|---|
//! | [`AuditIntent`] | before the request goes upstream | who wants to change what, and why |
//! | [`AuditOutcome`] | after the answer | what became of it |
//! | [`AuditEntry`] | never; read | both, as `/api/v1/audit` and the export give them |
//!
//! [`AuditQuery`] asks for a page of lines; [`AuditEntry::csv`] writes one for a spreadsheet.

mod csv;
mod query;

use std::{fmt, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::identity::Role;

pub use query::{AuditQuery, AuditQueryError};

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AuditState {
    /// On record; the answer is still to come.
    Intent,
    /// The vendor made it.
    Succeeded,
    /// The vendor refused it; nothing changed.
    Refused,
    /// The vendor says that it failed.
    Failed,
    /// Nobody knows: no answer came, or none that can be read.
    Unknown,
}

impl AuditState {
    pub const ALL: [Self; 5] =
        [Self::Intent, Self::Succeeded, Self::Refused, Self::Failed, Self::Unknown];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Intent => "intent",
            Self::Succeeded => "succeeded",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for AuditState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the state must be intent, succeeded, refused, failed or unknown")]
pub struct NotAState;

impl FromStr for AuditState {
    type Err = NotAState;

    fn from_str(text: &str) -> Result<Self, NotAState> {
        Self::ALL.into_iter().find(|state| state.as_str() == text).ok_or(NotAState)
    }
}

/// What is put on record before a change is made.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditIntent {
    pub at: DateTime<Utc>,
    pub actor: String,
    pub role: Role,
    /// The operation's name, as in [`crate::operations::Spec`].
    pub operation: String,
    /// The user's or integration's ID, where the request names one.
    pub target: Option<String>,
    /// What the target was called at the time, where that could be found out.
    pub target_name: Option<String>,
    pub reason: Option<String>,
    /// What ties the changes of one sweep together.
    pub batch: Option<String>,
    /// What is to be changed, as it was; null where it could not be read.
    pub before: Option<Value>,
    /// What was asked for.
    pub after: Option<Value>,
    pub request_id: String,
}

/// What is put on record once a change is through.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditOutcome {
    pub at: DateTime<Utc>,
    pub state: AuditState,
    /// The target and its name where only the answer tells: something new.
    pub target: Option<String>,
    pub target_name: Option<String>,
    /// What there is now, where the answer tells more than the request asked for.
    pub after: Option<Value>,
    /// The vendor's word for this request.
    pub cf_ray: Option<String>,
}

/// A line of the audit log. `J` holds what was and what came, as JSON of no fixed shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AuditEntry<J = Value> {
    /// Larger is later; there are gaps.
    pub id: u64,
    #[serde(deserialize_with = "crate::lenient::required")]
    pub at: DateTime<Utc>,
    pub actor: String,
    pub role: Role,
    pub operation: String,
    pub target: Option<String>,
    pub target_name: Option<String>,
    pub reason: Option<String>,
    pub batch: Option<String>,
    pub state: AuditState,
    pub before: Option<J>,
    pub after: Option<J>,
    pub request_id: String,
    pub cf_ray: Option<String>,
    #[serde(default, deserialize_with = "crate::lenient::optional")]
    pub finished_at: Option<DateTime<Utc>>,
    /// The hash of the last record behind this line, in hexadecimal; it covers all records
    /// before it.
    pub hash: String,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_has_the_fields_of_the_contract_in_their_order() {
        let entry = AuditEntry {
            id: 7,
            at: DateTime::from_timestamp_millis(1_790_000_000_123).unwrap(),
            actor: "jane@acme.example".into(),
            role: Role::Admin,
            operation: "update_behaviors".into(),
            target: None,
            target_name: None,
            reason: Some("Too noisy".into()),
            batch: None,
            state: AuditState::Succeeded,
            before: Some(json!({"imp_travel": {"enabled": true, "risk_level": "high"}})),
            after: Some(json!({"imp_travel": {"enabled": true, "risk_level": "low"}})),
            request_id: "3f0e5b54-1f4e-4be1-8f0b-6f5d1c0f2a11".into(),
            cf_ray: Some("8f00-TXL".into()),
            finished_at: DateTime::from_timestamp_millis(1_790_000_000_456),
            hash: "00ff".into(),
        };
        let text = serde_json::to_string(&entry).unwrap();
        assert_eq!(
            text,
            r#"{"id":7,"at":"2026-09-21T14:13:20.123Z","actor":"jane@acme.example","role":"admin","operation":"update_behaviors","target":null,"target_name":null,"reason":"Too noisy","batch":null,"state":"succeeded","before":{"imp_travel":{"enabled":true,"risk_level":"high"}},"after":{"imp_travel":{"enabled":true,"risk_level":"low"}},"request_id":"3f0e5b54-1f4e-4be1-8f0b-6f5d1c0f2a11","cf_ray":"8f00-TXL","finished_at":"2026-09-21T14:13:20.456Z","hash":"00ff"}"#
        );
        assert_eq!(serde_json::from_str::<AuditEntry>(&text).unwrap(), entry);
    }

    #[test]
    fn a_state_has_one_name() {
        for state in AuditState::ALL {
            assert_eq!(state.as_str().parse(), Ok(state));
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
        }
        assert_eq!("Intent".parse::<AuditState>(), Err(NotAState));
    }
}
