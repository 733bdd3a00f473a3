//! A large answer, passed on while it comes, as [`proxy::reply::Passing`] lets it: whatever is wrong
//! with the rest breaks it off, so that nobody takes the half for the whole.
//!
//! Where somebody may have seen it before it is read to its end first, which is when that is known.
//! No more than [`HELD`] of it is kept meanwhile, for an isolate has 128 MB
//! (<https://developers.cloudflare.com/workers/platform/limits/#memory>): the rest goes into its tag
//! alone, and is asked for once more if it turns out to be new.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};
use http::Response;
use proxy::{limits, refusal::Fault, reply::Passing};
use serde_json::json;

use crate::{
    body::{Body, Pieces},
    clock, logs,
};

/// So much of an answer is kept until it is known whether it was seen before.
const HELD: usize = limits::LARGE_ANSWER;

/// An answer that has begun, and whose head was not sent.
pub struct Begun {
    pub answer: Response<Bytes>,
    pub check: Passing,
    pub rest: Pieces,
    pub ends: DateTime<Utc>,
}

impl Begun {
    /// Passes it on until it ends.
    pub fn pass(self) -> Response<Body> {
        let Self { answer, check, rest, ends } = self;
        let (head, first) = answer.into_parts();
        let pieces = stream::once(async move { Ok(first.to_vec()) })
            .chain(stream::unfold(Some((check, rest)), move |left| following(left, ends)));
        Response::from_parts(head, Body::Passing(Box::pin(pieces)))
    }

    /// Reads it to its end, and gives it the tag of its content; without that content where there
    /// is too much of it.
    pub async fn hold(self) -> Result<Response<Option<Vec<Bytes>>>, Fault> {
        let Self { mut answer, mut check, mut rest, ends } = self;
        let (mut held, mut size) = (Vec::new(), 0);
        let mut good = std::mem::take(answer.body_mut());
        loop {
            size += good.len();
            if size > HELD {
                held.clear();
            } else {
                held.push(good);
            }
            match next(&mut check, &mut rest, ends).await? {
                Some(next) => good = next,
                None => break,
            }
        }
        held.push(check.finish_held(&mut answer)?);
        Ok(answer.map(|_| Some(held).filter(|_| size <= HELD)))
    }
}

type Left = Option<(Passing, Pieces)>;

async fn following(left: Left, ends: DateTime<Utc>) -> Option<(worker::Result<Vec<u8>>, Left)> {
    let (mut check, mut rest) = left?;
    Some(match next(&mut check, &mut rest, ends).await {
        Ok(Some(good)) => (Ok(good.to_vec()), Some((check, rest))),
        Ok(None) => (check.finish().map(|last| last.to_vec()).map_err(broken_off), None),
        Err(fault) => (Err(broken_off(fault)), None),
    })
}

/// The next bytes that may be passed on; none at the end.
async fn next(
    check: &mut Passing,
    rest: &mut Pieces,
    ends: DateTime<Utc>,
) -> Result<Option<Bytes>, Fault> {
    let time = limits::READ_TIME.min(clock::until(ends));
    let piece = clock::within(time, rest.try_next()).await.ok_or(Fault::Time)?;
    let piece = piece.map_err(|_| Fault::Broken)?;
    piece.map(|piece| check.take(&piece.into())).transpose()
}

fn broken_off(fault: Fault) -> worker::Error {
    logs::warn("a large answer was broken off halfway", json!({ "error": fault.to_string() }));
    worker::Error::RustError(fault.to_string())
}
