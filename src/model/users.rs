//! Users at risk: the account's summary, and one user's events.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    details::EventDetails,
    ids::{EventId, UserId},
    lenient,
    level::RiskLevel,
};

/// `GET …/summary`: every user who has a level, in one answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RiskSummary {
    #[serde(default, deserialize_with = "lenient::rows")]
    pub users: Vec<UserRiskInfo>,
}

/// One user of the summary. All fields are documented as required; what is missing or odd reads
/// as absent, and the row stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UserRiskInfo {
    #[serde(default, deserialize_with = "lenient::optional")]
    pub user_id: Option<UserId>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub email: String,
    /// The highest level of the behaviors the user triggered; absent where the vendor sent none.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub max_risk_level: Option<RiskLevel>,
    #[serde(default, deserialize_with = "lenient::optional")]
    pub event_count: Option<u64>,
    #[serde(default, deserialize_with = "lenient::optional")]
    pub last_event: Option<DateTime<Utc>>,
}

/// `GET …/{user_id}`: one user's events.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RiskEvents {
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub email: String,
    #[serde(default, deserialize_with = "lenient::rows")]
    pub events: Vec<RiskEvent>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub last_reset_time: Option<DateTime<Utc>>,
    /// Absent for a user without a level.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "lenient::optional"
    )]
    pub risk_level: Option<RiskLevel>,
}

/// One time a user triggered a behavior.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RiskEvent {
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub id: EventId,
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    #[serde(default, deserialize_with = "lenient::optional")]
    pub risk_level: Option<RiskLevel>,
    #[serde(default, deserialize_with = "lenient::optional")]
    pub timestamp: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_details: Option<EventDetails>,
}
