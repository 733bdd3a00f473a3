//! Requests that the gate lets through: sent, sent again where it says so, and answered.
//!
//! - [`change`]: a change; its answer is read whole
//! - [`read`]: a read; its answer is that of one alike that is under way, or its own, and a large
//!   summary is passed on while it comes
//! - [`look`]: a read for our own use

use std::{sync::Arc, time::Duration};

use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response, header, response::Parts};
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
    passing::{self, Begun, Held},
    room::Taken,
};

/// An answer as far as it is read before it is judged.
struct Received {
    head: Parts,
    start: Bytes,
    /// What is still to come.
    rest: Option<Body>,
    room: Taken,
}

/// Sends a change, and makes the answer of what comes back.
pub async fn change(host: &Host, forward: &Forward) -> Response<Bytes> {
    let answer = match arrive(host, forward).await {
        Landed::Whole(whole) => whole.answer,
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
        // What was seen before may be the same, which is known at its end.
        let held = forward.seen.is_large();
        let joined = host.flights.join((alike, held), || {
            let (host, forward) = (Arc::clone(host), Arc::clone(&forward));
            async move {
                let landed = arrive(&host, &forward).await;
                if held { hold(&host, &forward, landed).await } else { landed }
            }
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
        Landed::Whole(whole) => give(whole, &forward).await,
        Landed::Passing(begun) => begun.pass(forward.encoding, host.metrics.clone()),
    }
}

/// Reads a large answer to its end before its head is sent.
async fn hold(host: &Host, forward: &Forward, landed: Landed) -> Landed {
    let Landed::Passing(begun) = landed else { return landed };
    match begun.hold(&host.room).await {
        Ok(Held::Whole(whole)) => Landed::Whole(whole),
        Ok(Held::Not(begun)) => Landed::Passing(begun),
        // It has grown past what is held: it is read once more, and passed on.
        Ok(Held::TooLarge) => match arrive(host, forward).await {
            Landed::Passing(mut begun) => {
                begun.check.forget();
                Landed::Passing(begun)
            }
            whole => whole,
        },
        Err(fault) => Landed::Whole(forward.reply.refuse(fault).into()),
    }
}

/// The answer for one of its callers: what this one has not seen, in the form it likes.
async fn give(whole: Whole, forward: &Forward) -> Response<Body> {
    let encoding = forward.encoding;
    if !whole.is_held {
        return packed(whole, encoding, |answer| forward.seen.shorten(answer)).await;
    }
    let mut answer = whole.answer;
    let packs = encoding.dress(&mut answer, None);
    let answer = forward.seen.shorten(answer);
    if answer.body().is_empty() {
        return answer.map(Body::from);
    }
    let encoding = if packs { encoding } else { Encoding::Identity };
    let (head, held) = answer.into_parts();
    match passing::hand_over_held(held, encoding, whole.room) {
        Ok(body) => Response::from_parts(head, body),
        Err(error) => {
            warn!(%error, "there is no memory to answer in another form");
            forward.reply.refuse(Fault::Crowded).map(Body::from)
        }
    }
}

/// An answer in this form, after `last` had its say.
pub async fn packed(
    Whole { answer, forms, room, is_held: _ }: Whole,
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
    let length = dressed.body().len();
    if length <= limits::SMALL_ANSWER {
        return dressed.map(Body::from);
    }
    dressed.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    dressed.map(|body| passing::hand_over(body, room))
}

/// What is there, for our own use: the answer as it comes, if one does within `time`.
pub async fn look(
    host: &Host,
    request: &Request<Bytes>,
    time: Duration,
) -> Result<Response<Bytes>, Fault> {
    let (attempts, ends) = (Attempts::of_a_look(), clock::instant() + time);
    match fetch(host, request, attempts, |_| limits::LARGE_ANSWER, ends).await {
        Ok(Received { head, start, rest: None, .. }) => Ok(Response::from_parts(head, start)),
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
    let answer = match fetch(host, &forward.request, forward.attempts, enough, ends).await {
        Ok(Received { head, start, rest: None, room }) => {
            let answer = reply.finish(Response::from_parts(head, start));
            return Landed::Whole(Whole { room: Arc::new(room), ..answer.into() });
        }
        Ok(Received { head, start, rest: Some(rest), room }) => match reply.begin(head, &start) {
            Ok((mut answer, mut check)) => {
                check.name(&forward.naming, &mut answer);
                return Landed::Passing(Box::new(Begun { answer, check, rest, ends, room }));
            }
            Err(refused) => *refused,
        },
        Err(Missing::Fault(fault)) => reply.refuse(fault),
        Err(Missing::Held(refused)) => *refused,
    };
    Landed::Whole(answer.into())
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
    let mut room = Taken::default();
    let (start, has_ended) =
        incoming::start(&mut body, enough(&head), &host.room, &mut room).await?;
    Ok(Received { head, start, rest: (!has_ended).then_some(body), room })
}
