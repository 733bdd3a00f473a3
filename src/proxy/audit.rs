//! What goes on record about a change, and in which order. No record, no change: [`make`] has a host
//!
//! 1. wait until no other change of the same [`Change::subject`] is under way; if that takes
//!    longer than [`crate::limits::TURN_TIME`], the answer is [`Refusal::NoTurn`] and that is all
//! 2. send [`Change::look`] upstream, where there is one: what is there before, and its name
//! 3. see by [`Change::compare`] whether that is what the change's author saw; if it isn't, the
//!    answer says so and that is all
//! 4. write [`Change::intent`] durably; if it can't, the answer is [`Refusal::NoRecord`] and that
//!    is all
//! 5. send the change upstream
//! 6. write [`Change::outcome`], and only then answer
//!
//! The look costs one read a change, and is worth it: names in the log are those of the moment,
//! and nothing is remembered here that could be old. A look that fails, or takes longer than
//! [`Change::look_time`], leaves name and before unknown; it stops the change only where there is
//! something to compare.
//!
//! [`page`] answers `/api/v1/audit` with what the host read.

mod look;
mod steps;
mod visible;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{Response, StatusCode};
use model::{
    AuditEntry, AuditIntent, AuditOutcome, AuditQuery, AuditState, Envelope, Integration,
    OperationKind, ResultInfo,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{answer, change::Change, refusal::Fault};
use visible::visible;

pub use look::Found;
pub(crate) use look::look;
pub use steps::{Desk, make};

impl Change {
    /// What to write before the change is sent.
    #[must_use]
    pub fn intent(&self, request_id: &str, found: Found) -> AuditIntent {
        AuditIntent {
            at: self.at,
            actor: visible(&self.actor),
            role: self.role,
            operation: self.operation.to_owned(),
            target: self.target.as_deref().map(visible),
            target_name: found.name.as_deref().map(visible),
            reason: self.reason.as_ref().map(|reason| visible(reason.as_str())),
            batch: self.batch.map(|batch| batch.to_string()),
            before: found.before,
            after: self.asked(),
            request_id: request_id.to_owned(),
        }
    }

    /// What to write once there is the `answer` that the client will get.
    #[must_use]
    pub fn outcome(&self, answer: &Response<Bytes>, now: DateTime<Utc>) -> AuditOutcome {
        let state = state(answer);
        let made = (state == AuditState::Succeeded
            && self.kind == OperationKind::CreateIntegration)
            .then(|| answer::result::<Integration>(answer))
            .flatten();
        let ray = answer.headers().get("cf-ray").and_then(|ray| ray.to_str().ok());
        AuditOutcome {
            at: now,
            state,
            target: made.as_ref().and_then(|made| made.id).map(|id| id.to_string()),
            target_name: made.as_ref().map(|made| visible(made.host())),
            after: made.as_ref().map(look::integration),
            cf_ray: ray.map(visible),
        }
    }

    /// What the request's body asks for. It was written by us, so it is there and reads.
    fn asked(&self) -> Option<Value> {
        let body: Value = serde_json::from_slice(&self.body).ok()?;
        match self.kind {
            OperationKind::UpdateBehaviors => body.get("behaviors").cloned(),
            _ => Some(body),
        }
    }
}

/// What became of a change, judged by what its author is told.
///
/// A refusal (4xx) changed nothing. Of the failures (5xx), those where a server in between gave
/// up (502, 504, and Cloudflare's own 520 to 530) leave open what happened behind it, and so does
/// 408. No answer, or none that can be read, leaves it open too.
fn state(answer: &Response<Bytes>) -> AuditState {
    match answer.extensions().get::<Fault>() {
        Some(Fault::Token) => return AuditState::Refused,
        // Nothing was sent.
        Some(Fault::Unreachable | Fault::ConnectTime) => return AuditState::Failed,
        Some(
            Fault::Redirect
            | Fault::Unreadable
            | Fault::TooLarge
            | Fault::Broken
            | Fault::Time
            | Fault::Crowded,
        ) => return AuditState::Unknown,
        None => {}
    }
    match answer.status() {
        StatusCode::REQUEST_TIMEOUT | StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT => {
            AuditState::Unknown
        }
        status if (520..=530).contains(&status.as_u16()) => AuditState::Unknown,
        status if status.is_client_error() => AuditState::Refused,
        status if status.is_success() && is_success(answer.body()) => AuditState::Succeeded,
        _ => AuditState::Failed,
    }
}

fn is_success(body: &Bytes) -> bool {
    #[derive(Deserialize)]
    struct Outer {
        success: bool,
    }
    serde_json::from_slice::<Outer>(body).is_ok_and(|outer| outer.success)
}

/// The answer to `/api/v1/audit`: of the lines read, those asked for, and where the next page
/// begins if there are more.
#[must_use]
pub fn page(query: &AuditQuery, mut lines: Vec<AuditEntry>) -> Response<Bytes> {
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = lines.len() > limit;
    lines.truncate(limit);
    let last = lines.last().filter(|_| more);
    let info = ResultInfo {
        count: Some(lines.len() as u64),
        cursor: last.map(|line| line.id.to_string()),
        ..ResultInfo::default()
    };
    let mut envelope = Envelope::success(lines);
    envelope.result_info = Some(info);
    answer::json(StatusCode::OK, &envelope)
}

#[cfg(test)]
#[path = "audit/tests.rs"]
mod tests;
