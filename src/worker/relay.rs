//! Requests that the gate lets through: sent, sent again where it says so, and answered.
//!
//! - [`change`]: a change; its answer is read whole
//! - [`read`]: a read; a large summary is passed on while it comes
//! - [`look`]: a read for our own use
//!
//! Reads that are alike don't share a call here: what one request waits for, the runtime lets no
//! other wait for.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt};
use http::{Request, Response, response::Parts};
use model::OperationKind;
use proxy::{
    Forward, limits,
    pace::{Attempts, Next},
    refusal::Fault,
    reply::Passing,
};
use serde_json::json;
use worker::Delay;

use crate::{
    body::{Body, Pieces},
    clock,
    host::Host,
    logs,
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

/// Sends a change, and makes the answer of what comes back.
pub async fn change(host: &Host, forward: &Forward) -> Response<Bytes> {
    let (head, body) = arrive(host, forward).await.into_parts();
    match body {
        Body::Whole(bytes) => Response::from_parts(head, bytes),
        // Nobody could say what became of the change before all of it has passed.
        Body::Passing(_) => forward.reply.refuse(Fault::TooLarge),
    }
}

/// Sends a read, and makes the answer of what comes back.
pub async fn read(host: &Host, forward: Forward) -> Response<Body> {
    let (head, body) = arrive(host, &forward).await.into_parts();
    match body {
        Body::Whole(bytes) => {
            forward.seen.shorten(Response::from_parts(head, bytes)).map(Body::from)
        }
        passing @ Body::Passing(_) => Response::from_parts(head, passing),
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

async fn arrive(host: &Host, forward: &Forward) -> Response<Body> {
    let ends = clock::now() + forward.deadline;
    let reply = forward.reply;
    let enough = |head: &Parts| reply.enough(head);
    let whole = match fetch(host, &forward.request, forward.attempts, enough, ends).await {
        Ok(Received { head, start, rest: None }) => reply.finish(Response::from_parts(head, start)),
        Ok(Received { head, start, rest: Some(rest) }) => match reply.begin(head, &start) {
            Ok((begun, check)) => return pass_on(begun, check, rest, ends),
            Err(refused) => *refused,
        },
        Err(Missing::Fault(fault)) => reply.refuse(fault),
        Err(Missing::Held(refused)) => *refused,
    };
    whole.map(Body::from)
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

/// A large answer, passed on while it comes, as [`Passing`] lets it: whatever is wrong with the rest
/// breaks the connection off, so that nobody takes the half for the whole.
fn pass_on(
    begun: Response<Bytes>,
    check: Passing,
    rest: Pieces,
    ends: DateTime<Utc>,
) -> Response<Body> {
    let (head, first) = begun.into_parts();
    let pieces = futures_util::stream::once(async move { Ok(first.to_vec()) })
        .chain(futures_util::stream::unfold(Some((check, rest)), move |left| next(left, ends)));
    Response::from_parts(head, Body::Passing(Box::pin(pieces)))
}

type Left = Option<(Passing, Pieces)>;

async fn next(left: Left, ends: DateTime<Utc>) -> Option<(worker::Result<Vec<u8>>, Left)> {
    let (mut check, mut rest) = left?;
    let time = limits::READ_TIME.min(clock::until(ends));
    let piece = clock::within(time, rest.try_next()).await;
    let passed = match piece {
        None => Err(Fault::Time),
        Some(Err(_)) => Err(Fault::Broken),
        Some(Ok(Some(piece))) => check.take(&Bytes::from(piece)).map(|good| (good, true)),
        Some(Ok(None)) => return last(check),
    };
    match passed {
        Ok((good, _)) => Some((Ok(good.to_vec()), Some((check, rest)))),
        Err(fault) => Some((Err(broken_off(fault)), None)),
    }
}

fn last(check: Passing) -> Option<(worker::Result<Vec<u8>>, Left)> {
    let last = check.finish().map(|last| last.to_vec());
    Some((last.map_err(broken_off), None))
}

fn broken_off(fault: Fault) -> worker::Error {
    logs::warn("a large answer was broken off halfway", json!({ "error": fault.to_string() }));
    worker::Error::RustError(fault.to_string())
}
