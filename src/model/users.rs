//! Users at risk: the account's summary, and one user's events.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    csv,
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

impl UserRiskInfo {
    /// The names of the columns, as the first line of a file; it ends with its CRLF.
    pub const CSV_HEADER: &'static str =
        "user_id,name,email,max_risk_level,event_count,last_event\r\n";

    /// The user as a line of CSV, with its CRLF. What is absent is an empty cell.
    #[must_use]
    pub fn csv(&self) -> String {
        csv::line([
            self.user_id.map(|id| id.to_string()).unwrap_or_default(),
            self.name.clone(),
            self.email.clone(),
            self.max_risk_level.as_ref().map(|level| level.as_str().to_owned()).unwrap_or_default(),
            self.event_count.map(|count| count.to_string()).unwrap_or_default(),
            self.last_event.map(csv::time).unwrap_or_default(),
        ])
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b5_a_user_as_csv_has_the_vendors_columns_and_no_formula() {
        let user = UserRiskInfo {
            user_id: "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10".parse().ok(),
            name: "=HYPERLINK(\"https://evil.example\"), you".into(),
            email: "+49@corp.example".into(),
            max_risk_level: Some(RiskLevel::Unknown("-critical".into())),
            event_count: Some(3),
            last_event: "2026-01-02T03:04:05.6Z".parse().ok(),
        };
        assert_eq!(
            user.csv(),
            "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10,\"'=HYPERLINK(\"\"https://evil.example\"\"), you\",\
             '+49@corp.example,'-critical,3,2026-01-02T03:04:05.600Z\r\n"
        );
        assert_eq!(UserRiskInfo::default().csv(), ",,,,,\r\n");
        let fields = serde_json::to_value(&user).unwrap();
        let fields = fields.as_object().unwrap();
        let header: Vec<_> = UserRiskInfo::CSV_HEADER.trim_end().split(',').collect();
        assert!(header.iter().all(|name| fields.contains_key(*name)));
        assert_eq!(fields.len(), header.len());
    }
}
