//! A change, as [`proxy::audit`] has it made, in the ledger's object. It is seen through even when
//! whoever asked for it hangs up.

use std::{rc::Rc, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use futures_channel::oneshot;
use http::{Request, Response, StatusCode};
use model::{AuditIntent, AuditOutcome};
use proxy::{Change, Forward, audit, refusal::Fault, turns::Turns};
use serde_json::json;
use store::{Draft, Head};

use crate::{clock, host::Host, ledger::Desk, logs, relay};

/// Makes a change and puts it on record; the answer is its author's.
pub async fn make(
    host: &Host,
    desk: &Rc<Desk>,
    request_id: String,
    forward: Forward,
    change: Change,
) -> Response<Bytes> {
    let reply = forward.reply;
    let (tell, told) = oneshot::channel();
    let (own, desk) = (host.clone(), desk.clone());
    host.spawn(async move {
        // Whoever asked may have gone.
        let _ = tell.send(audit::make(&AtDesk(&own, &desk), &request_id, &forward, &change).await);
    });
    told.await.unwrap_or_else(|_| reply.refuse(Fault::Time))
}

/// A host, and the ledger's object that it is in.
struct AtDesk<'a>(&'a Host, &'a Desk);

impl audit::Desk for AtDesk<'_> {
    type Written = Head;

    fn turns(&self) -> &Turns {
        &self.1.turns
    }

    fn now(&self) -> DateTime<Utc> {
        clock::now()
    }

    async fn within<F: Future>(&self, time: Duration, future: F) -> Option<F::Output> {
        clock::within(time, future).await
    }

    async fn look(
        &self,
        request: &Request<Bytes>,
        time: Duration,
    ) -> Result<Response<Bytes>, Fault> {
        relay::look(self.0, request, time).await
    }

    async fn intend(&self, intent: &AuditIntent) -> Option<Head> {
        let written = self.1.log.append(Draft::Intent(intent.clone())).await;
        written
            .inspect_err(|error| {
                let (error, request_id) = (error.to_string(), &intent.request_id);
                let fields = json!({ "error": error, "request_id": request_id });
                logs::error("a change can't be put on record and was refused", fields);
            })
            .ok()
    }

    async fn send(&self, forward: &Forward) -> Response<Bytes> {
        relay::change(self.0, forward).await
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
        let head = self.1.log.append(draft).await.unwrap_or_else(|error| {
            let error = error.to_string();
            let fields = json!({ "error": error, "request_id": request_id, "state": state });
            logs::error("an outcome can't be put on record", fields);
            written
        });
        log(&intent, state, status.as_u16(), written.seq, head);
    }
}

/// The head in the logs is what a log that was cut off or computed anew can be held against.
fn log(intent: &AuditIntent, state: &str, status: u16, id: u64, head: Head) {
    let fields = json!({
        "at": intent.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        "actor": intent.actor,
        "role": intent.role.as_str(),
        "operation": intent.operation,
        "target": intent.target,
        "reason": intent.reason,
        "request_id": intent.request_id,
        "state": state,
        "status": status,
        "audit_id": id,
        "audit_head": head.to_string(),
    });
    logs::info("change", fields);
}
