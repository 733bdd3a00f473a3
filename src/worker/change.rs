//! A change, in the order that [`proxy::audit`] says, in the ledger's object. It is seen through
//! even when whoever asked for it hangs up.

use std::rc::Rc;

use bytes::Bytes;
use chrono::SecondsFormat;
use futures_channel::oneshot;
use http::Response;
use model::AuditIntent;
use proxy::{Change, Forward, Refusal, limits, refusal::Fault};
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
        let _ = tell.send(record(&own, &desk, &request_id, forward, &change).await);
    });
    told.await.unwrap_or_else(|_| reply.refuse(Fault::Time))
}

async fn record(
    host: &Host,
    desk: &Desk,
    request_id: &str,
    forward: Forward,
    change: &Change,
) -> Response<Bytes> {
    let turn = desk.turns.take(change.subject.as_ref());
    let Some(_turn) = clock::within(limits::TURN_TIME, turn).await else {
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
    let intent_head = match desk.log.append(Draft::Intent(intent.clone())).await {
        Ok(head) => head,
        Err(error) => {
            let fields = json!({ "error": error.to_string(), "request_id": request_id });
            logs::error("a change can't be put on record and was refused", fields);
            return Refusal::NoRecord.response();
        }
    };

    let answer = relay::change(host, &forward).await;

    let outcome = change.outcome(&answer, clock::now());
    let state = outcome.state;
    let draft = Draft::Outcome { intent: intent_head.seq, outcome };
    let head = desk.log.append(draft).await.unwrap_or_else(|error| {
        // The change is made: its author must hear of it. On record its outcome stays unknown.
        let (error, state) = (error.to_string(), state.as_str());
        let fields = json!({ "error": error, "request_id": request_id, "state": state });
        logs::error("an outcome can't be put on record", fields);
        intent_head
    });
    log(&intent, state.as_str(), answer.status().as_u16(), intent_head.seq, head);
    answer
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
