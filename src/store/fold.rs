//! Two records read as one line.
//!
//! | records | state |
//! |---|---|
//! | an intent, less than [`IN_FLIGHT`] old | intent |
//! | an intent, older: whoever wrote it is gone, or could not write the outcome | unknown |
//! | an intent and an outcome | the outcome's |
//! | an intent and two outcomes, the first of them unknown | the last one's |

use std::time::Duration;

use chrono::{DateTime, Utc};
use model::{AuditEntry, AuditState};
use serde_json::Value;

use crate::record::{Corrupt, Record};

/// The longest that a change takes: the upstream's 15 s, and time to write.
pub const IN_FLIGHT: Duration = Duration::from_secs(60);

/// Intents that were written before this are not in flight any more.
#[must_use]
pub fn in_flight_since(now: DateTime<Utc>) -> DateTime<Utc> {
    now - IN_FLIGHT
}

/// The line of an intent and its last outcome. Its hash is the later record's, and so are the
/// target, its name and what there is after, where the outcome tells them.
///
/// # Errors
/// [`Corrupt`], where a record isn't what it must be.
pub fn fold(
    intent: &Record,
    outcome: Option<&Record>,
    now: DateTime<Utc>,
) -> Result<AuditEntry, Corrupt> {
    let corrupt = |column| move || Corrupt { seq: intent.seq, column };
    let at = time(intent)?;
    let state = match outcome {
        Some(outcome) => {
            let state = outcome.state.as_deref().and_then(|state| state.parse().ok());
            state.ok_or(Corrupt { seq: outcome.seq, column: "state" })?
        }
        None if at < in_flight_since(now) => AuditState::Unknown,
        None => AuditState::Intent,
    };
    let told = |field: fn(&Record) -> &Option<String>| {
        let told = outcome.and_then(|outcome| field(outcome).clone());
        told.or_else(|| field(intent).clone())
    };
    Ok(AuditEntry {
        id: intent.seq,
        at,
        actor: intent.actor.clone().ok_or_else(corrupt("actor"))?,
        role: intent
            .role
            .as_deref()
            .and_then(|role| role.parse().ok())
            .ok_or_else(corrupt("role"))?,
        operation: intent.operation.clone().ok_or_else(corrupt("operation"))?,
        target: told(|record| &record.target),
        target_name: told(|record| &record.target_name),
        reason: intent.reason.clone(),
        batch: intent.batch.clone(),
        state,
        before: intent.before.as_deref().map(json),
        after: told(|record| &record.after).as_deref().map(json),
        request_id: intent.request_id.clone().ok_or_else(corrupt("request_id"))?,
        cf_ray: outcome.and_then(|outcome| outcome.cf_ray.clone()),
        finished_at: outcome.map(time).transpose()?,
        hash: outcome.unwrap_or(intent).hash.to_string(),
    })
}

fn time(record: &Record) -> Result<DateTime<Utc>, Corrupt> {
    DateTime::from_timestamp_millis(record.at).ok_or(Corrupt { seq: record.seq, column: "at" })
}

/// What was written as JSON; what isn't any is shown as it stands.
fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}
