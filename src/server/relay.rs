//! Requests that the gate lets through: sent, sent again where it says so, and answered.
//!
//! - [`change`]: a change; its answer is read whole
//! - [`read`]: a read; its answer is that of one alike that is under way, or its own, and a large
//!   summary is passed on while it comes
//! - [`look`]: a read for our own use

use std::{sync::Arc, time::Duration};

use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response, response::Parts};
use model::OperationKind;
use proxy::{
    Encoding, Forward, limits,
    pace::{Attempts, Next},
    refusal::Fault,
};
use tokio::time::{Instant, sleep, timeout_at};
use tracing::warn;

use crate::{
    clock,
    flights::{Joined, Landed, Whole},
    host::Host,
    incoming,
    passing::Begun,
};

/// An answer as far as it is read before it is judged.
struct Received {
    head: Parts,
    start: Bytes,
    /// What is still to come.
    rest: Option<Body>,
}

/// Sends a change, and makes the answer of what comes back.
pub async fn change(host: &Host, forward: &Forward) -> Response<Bytes> {
    let answer = match arrive(host, forward).await {
        Landed::Whole(answer) => answer,
        // Nobody could say what became of the change before all of it has passed.
        Landed::Passing(_) => forward.reply.refuse(Fault::TooLarge),
    };
    // A read that begins from here on has to see the change: it may not share the answer of one
    // that began before.
    host.flights.part();
    answer
}

/// Sends a read, unless one that is alike is under way: then its answer is this one's as well.
pub async fn read(host: &Arc<Host>, forward: Forward) -> Response<Body> {
    let forward = Arc::new(forward);
    if let Some(alike) = forward.alike.clone() {
        let joined = host.flights.join(alike, || {
            let (host, forward) = (Arc::clone(host), Arc::clone(&forward));
            async move { arrive(&host, &forward).await }
        });
        match joined.await {
            Joined::Whole(whole) => return give(whole, &forward).await,
            Joined::Passing(begun) => return begun.pass(forward.encoding, host.metrics.clone()),
            // A large answer passes once: to hold it for others would take its size in memory, and
            // to pass it to them at one pace would make each wait for the slowest. So each has its
            // own.
            Joined::Passed => {}
        }
    }
    match arrive(host, &forward).await {
        Landed::Whole(answer) => give(answer.into(), &forward).await,
        Landed::Passing(begun) => begun.pass(forward.encoding, host.metrics.clone()),
    }
}

/// The answer for one of its callers: what this one has not seen, in the form it likes.
async fn give(whole: Whole, forward: &Forward) -> Response<Body> {
    packed(whole, forward.encoding, |answer| forward.seen.shorten(answer)).await
}

/// An answer in this form, after `last` had its say.
pub async fn packed(
    Whole { answer, forms }: Whole,
    encoding: Encoding,
    last: impl Fn(Response<Bytes>) -> Response<Bytes>,
) -> Response<Body> {
    let mut dressed = answer.clone();
    let packs = encoding.dress(&mut dressed, Some(answer.body().len()));
    let mut dressed = last(dressed);
    if packs && !dressed.body().is_empty() {
        match forms.of(answer.body(), encoding).await {
            Ok(packed) => *dressed.body_mut() = packed,
            Err(error) => {
                // Without memory to compress it, it goes as it is.
                warn!(%error, "an answer could not be compressed");
                dressed = last(answer);
            }
        }
    }
    dressed.map(Body::from)
}

/// What is there, for our own use: the answer as it comes, if one does within `time`.
pub async fn look(
    host: &Host,
    request: &Request<Bytes>,
    time: Duration,
) -> Result<Response<Bytes>, Fault> {
    let (attempts, ends) = (Attempts::of_a_look(), clock::instant() + time);
    match fetch(host, request, attempts, |_| limits::LARGE_ANSWER, ends).await {
        Ok(Received { head, start, rest: None }) => Ok(Response::from_parts(head, start)),
        Ok(_) => Err(Fault::TooLarge),
        Err(Missing::Fault(fault)) => Err(fault),
        Err(Missing::Held(refused)) => Ok(*refused),
    }
}

/// Sends a request, and makes the answer of what comes back.
async fn arrive(host: &Host, forward: &Forward) -> Landed {
    let ends = clock::instant() + forward.deadline;
    let reply = forward.reply;
    let enough = |head: &Parts| reply.enough(head);
    Landed::Whole(match fetch(host, &forward.request, forward.attempts, enough, ends).await {
        Ok(Received { head, start, rest: None }) => reply.finish(Response::from_parts(head, start)),
        Ok(Received { head, start, rest: Some(rest) }) => match reply.begin(head, &start) {
            Ok((answer, check)) => return Landed::Passing(Begun { answer, check, rest, ends }),
            Err(refused) => *refused,
        },
        Err(Missing::Fault(fault)) => reply.refuse(fault),
        Err(Missing::Held(refused)) => *refused,
    })
}

/// Why there is no answer from upstream.
enum Missing {
    Fault(Fault),
    /// Nothing was sent; the answer says why.
    Held(Box<Response<Bytes>>),
}

/// One attempt after the other, for as long as the gate says so and there is time.
async fn fetch(
    host: &Host,
    request: &Request<Bytes>,
    mut attempts: Attempts,
    enough: impl Fn(&Parts) -> usize,
    ends: Instant,
) -> Result<Received, Missing> {
    loop {
        if let Some(refused) = host.gate.hold(clock::now()) {
            return Err(Missing::Held(Box::new(refused)));
        }
        let received = timeout_at(ends, receive(host, request, &enough)).await;
        let mut received = received.unwrap_or(Err(Fault::Time));
        let outcome = received.as_mut().map(|received| &mut received.head).map_err(|fault| *fault);
        let left = ends.duration_since(clock::instant());
        match host.gate.after(&mut attempts, outcome, left, clock::now()) {
            Next::Again(wait) => sleep(wait).await,
            Next::Answer => {
                // What breaks a connection is logged where it is known.
                if let Err(fault @ Fault::Time) = received {
                    let kind = request.extensions().get::<OperationKind>();
                    let operation = kind.map(|kind| kind.spec().name);
                    warn!(operation, error = %fault, "an answer came too late");
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
    let _timed = host.metrics.time(request.extensions().get());
    let (head, mut body) = host.upstream.open(request).await?.into_parts();
    let (start, has_ended) = incoming::start(&mut body, enough(&head)).await?;
    Ok(Received { head, start, rest: (!has_ended).then_some(body) })
}
