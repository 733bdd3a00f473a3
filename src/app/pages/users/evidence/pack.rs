//! The evidence as one JSON document, with the vendor's names and the audit log's.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use model::{AccountId, RiskEvent, RiskEvents, RiskLevel, UserId};
use serde::Serialize;

use super::{resets::Told, utc, why};
use crate::{clock, data::AuditLine, ui::file};

/// What it is about, and who took it when.
pub struct Pack {
    pub id: UserId,
    pub user: Arc<RiskEvents>,
    pub at: DateTime<Utc>,
    pub who: String,
}

#[derive(Serialize)]
struct Document<'a> {
    exported_at: String,
    exported_by: &'a str,
    account_id: AccountId,
    user_id: UserId,
    name: &'a str,
    email: &'a str,
    risk_level: Option<RiskLevel>,
    last_reset_time: Option<DateTime<Utc>>,
    deciding_event: Option<&'a RiskEvent>,
    events: &'a [RiskEvent],
    /// Lines of the audit log, newest first; `null` where it could not be read.
    resets: Option<&'a [AuditLine]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    resets_missing: Option<&'a str>,
}

impl Pack {
    /// Hands it to the browser as a file; nothing where the browser does not take it.
    pub fn save(&self, account: AccountId, resets: &Told) -> Option<()> {
        let name = format!("riskdesk-evidence-{}-{}.json", self.id, clock::today());
        file::save(&name, "application/json", &self.document(account, resets)?)
    }

    fn document(&self, account_id: AccountId, resets: &Told) -> Option<String> {
        let Self { id, user, at, who } = self;
        let risk_level = why::level(user);
        let (resets, resets_missing) = match resets {
            Told::Lines(lines) => (Some(lines.as_slice()), None),
            Told::Without(why) => (None, Some(why.as_str())),
        };
        let document = Document {
            exported_at: utc(*at),
            exported_by: who,
            account_id,
            user_id: *id,
            name: &user.name,
            email: &user.email,
            deciding_event: risk_level.as_ref().and_then(|level| why::deciding(user, level)),
            risk_level,
            last_reset_time: user.last_reset_time,
            events: &user.events,
            resets,
            resets_missing,
        };
        serde_json::to_string_pretty(&document).ok()
    }
}
