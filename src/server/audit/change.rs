//! A change, as [`proxy::audit`] has it made. It is seen through even when whoever asked for it
//! hangs up.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use http::{Request, Response, StatusCode};
use model::{AuditIntent, AuditOutcome};
use proxy::{
    Change, Forward,
    audit::{self, Desk},
    refusal::Fault,
    turns::Turns,
};
use store::{Draft, Head};
use tokio::{
    sync::RwLock,
    time::{Instant, timeout, timeout_at},
};
use tracing::{error, info};

use crate::{clock, host::Host, relay};

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
        let answer = audit::make(&host, &request_id, &forward, &change).await;
        drop(guard);
        answer
    });
    seen_through.await.unwrap_or_else(|_| reply.refuse(Fault::Time))
}

impl Desk for Host {
    type Written = Head;

    fn turns(&self) -> &Turns {
        &self.under_way.turns
    }

    fn now(&self) -> DateTime<Utc> {
        clock::now()
    }

    async fn within<F: Future>(&self, time: Duration, future: F) -> Option<F::Output> {
        timeout(time, future).await.ok()
    }

    async fn look(
        &self,
        request: &Request<Bytes>,
        time: Duration,
    ) -> Result<Response<Bytes>, Fault> {
        relay::look(self, request, time).await
    }

    async fn intend(&self, intent: &AuditIntent) -> Option<Head> {
        let written = self.audit.append(Draft::Intent(intent.clone())).await;
        let request_id = &intent.request_id;
        written
            .inspect_err(|error| {
                error!(%error, request_id, "a change can't be put on record and was refused");
            })
            .ok()
    }

    async fn send(&self, forward: &Forward) -> Response<Bytes> {
        relay::change(self, forward).await
    }

    async fn conclude(
        &self,
        written: Head,
        intent: AuditIntent,
        outcome: AuditOutcome,
        status: StatusCode,
    ) {
        let (state, request_id) = (outcome.state.as_str(), &intent.request_id);
        let draft = Draft::Outcome { intent: written.seq, outcome };
        let head = self.audit.append(draft).await.unwrap_or_else(|error| {
            error!(%error, request_id, state, "an outcome can't be put on record");
            written
        });
        log(&intent, state, status.as_u16(), written.seq, head);
    }
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
