//! Drafts and chains for tests.

use chrono::{DateTime, Utc};
use model::{AuditIntent, AuditOutcome, AuditState, Role};
use serde_json::json;

use crate::{
    chain::{Draft, Head, append},
    record::Record,
};

pub(crate) fn at(millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis).unwrap()
}

pub(crate) fn intent(actor: &str, millis: i64) -> Draft {
    Draft::Intent(AuditIntent {
        at: at(millis),
        actor: actor.into(),
        role: Role::Operator,
        operation: "reset_user".into(),
        target: Some("9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10".into()),
        target_name: Some("Zoë Adams".into()),
        reason: Some("Laptop found".into()),
        batch: None,
        before: Some(json!({"risk_level": "high"})),
        after: None,
        request_id: "3f0e5b54-1f4e-4be1-8f0b-6f5d1c0f2a11".into(),
    })
}

pub(crate) fn outcome(intent: u64, state: AuditState, millis: i64) -> Draft {
    let cf_ray = Some("8f00-TXL".into());
    let outcome = AuditOutcome {
        at: at(millis),
        state,
        target: None,
        target_name: None,
        after: None,
        cf_ray,
    };
    Draft::Outcome { intent, outcome }
}

/// Records from drafts, from the first on.
pub(crate) fn chained(drafts: &[Draft]) -> Vec<Record> {
    let mut head = Head::EMPTY;
    let next = |draft| {
        let record = append(&head, draft);
        head = Head::from(&record);
        record
    };
    drafts.iter().map(next).collect()
}
