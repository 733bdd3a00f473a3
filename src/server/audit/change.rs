//! A change, in the order that [`proxy::audit`] says. It is seen through even when whoever asked
//! for it hangs up.

mod turns;

use std::sync::Arc;

use bytes::Bytes;
use chrono::SecondsFormat;
use http::Response;
use model::AuditIntent;
use proxy::{Change, Forward, Refusal, limits, refusal::Fault};
use store::{Draft, Head};
use tokio::{
    sync::RwLock,
    time::{Instant, timeout, timeout_at},
};
use tracing::{error, info};

use crate::{clock, host::Host, relay};

use turns::Turns;

/// The changes under way.
#[derive(Clone, Default)]
pub struct UnderWay {
    /// Each holds it for reading.
    all: Arc<RwLock<()>>,
    turns: Turns,
}

impl UnderWay {
    /// Waits until all changes are through, but not for longer than stopping may take.
    pub async fn finish(&self, end: Instant) {
        if timeout_at(end, self.all.write()).await.is_err() {
            error!("changes were still under way: the audit log has them as intents");
        }
    }
}

/// Makes a change and puts it on record; the answer is its author's.
pub async fn make(
    host: Host,
    request_id: String,
    forward: Forward,
    change: Change,
) -> Response<Bytes> {
    let reply = forward.reply;
    let guard = Arc::clone(&host.under_way.all).read_owned().await;
    let seen_through = tokio::spawn(async move {
        let answer = record(&host, &request_id, forward, &change).await;
        drop(guard);
        answer
    });
    seen_through.await.unwrap_or_else(|_| reply.refuse(Fault::Time))
}

async fn record(
    host: &Host,
    request_id: &str,
    forward: Forward,
    change: &Change,
) -> Response<Bytes> {
    let turn = host.under_way.turns.take(change.subject.as_ref());
    let Ok(_turn) = timeout(limits::TURN_TIME, turn).await else {
        return Refusal::NoTurn.response();
    };
    let look = match &change.look {
        Some(look) => Some(relay::look(host, look, change.look_time()).await),
        None => None,
    };
    let found = match change.compare(look) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let intent = change.intent(request_id, found);
    let intent_head = match host.audit.append(Draft::Intent(intent.clone())).await {
        Ok(head) => head,
        Err(error) => {
            error!(%error, request_id, "a change can't be put on record and was refused");
            return Refusal::NoRecord.response();
        }
    };

    let answer = relay::change(host, &forward).await;

    let outcome = change.outcome(&answer, clock::now());
    let state = outcome.state;
    let draft = Draft::Outcome { intent: intent_head.seq, outcome };
    let head = host.audit.append(draft).await.unwrap_or_else(|error| {
        // The change is made: its author must hear of it. On record its outcome stays unknown.
        error!(%error, request_id, state = state.as_str(), "an outcome can't be put on record");
        intent_head
    });
    log(&intent, state.as_str(), answer.status().as_u16(), intent_head.seq, head);
    answer
}

/// The head in the logs is what a log that was cut off or computed anew can be held against.
fn log(intent: &AuditIntent, state: &str, status: u16, id: u64, head: Head) {
    info!(
        at = intent.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        actor = intent.actor,
        role = intent.role.as_str(),
        operation = intent.operation,
        target = intent.target,
        reason = intent.reason,
        request_id = intent.request_id,
        state,
        status,
        audit_id = id,
        audit_head = %head,
        "change"
    );
}
