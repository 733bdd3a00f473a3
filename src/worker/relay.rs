//! Requests that the gate lets through: sent, sent again where it says so, and answered.
//!
//! - [`change`]: a change; its answer is read whole
//! - [`read`]: a read; a large summary is passed on while it comes, or read to its end first where
//!   it may be the one that was seen
//! - [`look`]: a read for our own use
//!
//! Reads that are alike don't share a call here: what one request waits for, the runtime lets no
//! other wait for.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt;
use http::{Request, Response, response::Parts};
use model::OperationKind;
use proxy::{
    Forward, limits,
    pace::{Attempts, Next},
    refusal::Fault,
};
use serde_json::json;
use worker::Delay;

use crate::{
    body::{Body, Pieces},
    clock,
    host::Host,
    logs,
    passing::{Begun, Held},
};

/// An answer as far as it is read before it is judged.
struct Received {
    head: Parts,
    start: Bytes,
    /// What is still to come.
    rest: Option<Pieces>,
}

/// Why there is no answer from upstream.
enum Missing {
    Fault(Fault),
    /// Nothing was sent; the answer says why.
    Held(Box<Response<Bytes>>),
}

/// What came of a request.
enum Landed {
    Whole(Response<Bytes>),
    Passing(Box<Begun>),
}

/// Sends a change, and makes the answer of what comes back.
pub async fn change(host: &Host, forward: &Forward) -> Response<Bytes> {
    match arrive(host, forward).await {
        Landed::Whole(answer) => answer,
        // Nobody could say what became of the change before all of it has passed.
        Landed::Passing(_) => forward.reply.refuse(Fault::TooLarge),
    }
}

/// Sends a read, and makes the answer of what comes back.
pub async fn read(host: &Host, forward: Forward) -> Response<Body> {
    match arrive(host, &forward).await {
        Landed::Whole(answer) => forward.seen.shorten(answer).map(Body::from),
        // What was seen before may be the same, which is known at its end.
        Landed::Passing(begun) if forward.seen.is_large() => compare(&forward, begun).await,
        Landed::Passing(begun) => begun.pass(),
    }
}

/// Reads a large answer to its end before its head is sent.
async fn compare(forward: &Forward, begun: Box<Begun>) -> Response<Body> {
    match begun.hold().await {
        Ok(Held::Whole(answer)) => forward.seen.shorten(answer).map(Body::held),
        Ok(Held::Not(begun)) => begun.pass(),
        Err(fault) => forward.reply.refuse(fault).map(Body::from),
    }
}

/// What is there, for our own use: the answer as it comes, if one does within `time`.
pub async fn look(
    host: &Host,
    request: &Request<Bytes>,
    time: Duration,
) -> Result<Response<Bytes>, Fault> {
    let (attempts, ends) = (Attempts::of_a_look(), clock::now() + time);
    match fetch(host, request, attempts, |_| limits::LARGE_ANSWER, ends).await {
        Ok(Received { head, start, rest: None }) => Ok(Response::from_parts(head, start)),
        Ok(_) => Err(Fault::TooLarge),
        Err(Missing::Fault(fault)) => Err(fault),
        Err(Missing::Held(refused)) => Ok(*refused),
    }
}

/// Reads up to `enough` bytes, and whether that is all.
pub async fn start(pieces: &mut Pieces, enough: usize) -> Result<(Bytes, bool), Fault> {
    let mut start = Vec::new();
    while start.len() <= enough {
        let piece = clock::within(limits::READ_TIME, pieces.try_next()).await.ok_or(Fault::Time)?;
        match piece.map_err(|_| Fault::Broken)? {
            Some(piece) => start.extend_from_slice(&piece),
            None => return Ok((start.into(), true)),
        }
    }
    Ok((start.into(), false))
}

async fn arrive(host: &Host, forward: &Forward) -> Landed {
    let ends = clock::now() + forward.deadline;
    let reply = forward.reply;
    let enough = |head: &Parts| reply.enough(head);
    Landed::Whole(match fetch(host, &forward.request, forward.attempts, enough, ends).await {
        Ok(Received { head, start, rest: None }) => reply.finish(Response::from_parts(head, start)),
        Ok(Received { head, start, rest: Some(rest) }) => match reply.begin(head, &start) {
            Ok((mut answer, mut check)) => {
                check.name(&forward.naming, &mut answer);
                let answer = answer.map(|start| vec![start]);
                return Landed::Passing(Box::new(Begun { answer, check, rest, ends }));
            }
            Err(refused) => *refused,
        },
        Err(Missing::Fault(fault)) => reply.refuse(fault),
        Err(Missing::Held(refused)) => *refused,
    })
}

/// One attempt after the other, for as long as the gate says so and there is time.
async fn fetch(
    host: &Host,
    request: &Request<Bytes>,
    mut attempts: Attempts,
    enough: impl Fn(&Parts) -> usize,
    ends: DateTime<Utc>,
) -> Result<Received, Missing> {
    let gate = &host.site.gate;
    loop {
        if let Some(refused) = gate.hold(clock::now()) {
            return Err(Missing::Held(Box::new(refused)));
        }
        let received = clock::within(clock::until(ends), receive(host, request, &enough)).await;
        let mut received = received.unwrap_or(Err(Fault::Time));
        let outcome = received.as_mut().map(|received| &mut received.head).map_err(|fault| *fault);
        match gate.after(&mut attempts, outcome, clock::until(ends), clock::now()) {
            Next::Again(wait) => Delay::from(wait).await,
            Next::Answer => {
                if let Err(fault @ Fault::Time) = received {
                    let kind = request.extensions().get::<OperationKind>();
                    let operation = kind.map(|kind| kind.spec().name);
                    let fields = json!({ "operation": operation, "error": fault.to_string() });
                    logs::warn("an answer came too late", fields);
                }
                return received.map_err(Missing::Fault);
            }
        }
    }
}

/// One attempt: the answer as far as it is to be read before it is judged.
async fn receive(
    host: &Host,
    request: &Request<Bytes>,
    enough: impl Fn(&Parts) -> usize,
) -> Result<Received, Fault> {
    let mut opened = host.site.upstream.open(request).await?;
    let (start, has_ended) = start(&mut opened.body, enough(&opened.head)).await?;
    Ok(Received { head: opened.head, start, rest: (!has_ended).then_some(opened.body) })
}
