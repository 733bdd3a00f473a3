//! A large answer, passed on while it comes, as [`proxy::reply::Passing`] lets it: whatever is wrong
//! with the rest breaks it off, so that nobody takes the half for the whole.
//!
//! Where somebody may have seen it before it is read to its end first, which is when that is known.
//! No more than [`HELD`] of it is held for that, since an isolate has 128 MB
//! (<https://developers.cloudflare.com/workers/platform/limits/#memory>): a larger one is passed on.

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

/// So much of an answer is held to find out whether it was seen before: that of 40,000 people.
const HELD: usize = limits::LARGE_ANSWER;

/// An answer that has begun, and whose head was not sent.
pub struct Begun {
    /// As far as it was read.
    pub answer: Response<Vec<Bytes>>,
    pub check: Passing,
    pub rest: Pieces,
    pub ends: DateTime<Utc>,
}

impl Begun {
    /// Passes it on until it ends.
    pub fn pass(self) -> Response<Body> {
        let Self { answer, check, rest, ends } = self;
        let (head, read) = answer.into_parts();
        let pieces = stream::iter(read.into_iter().map(|piece| Ok(piece.to_vec())))
            .chain(stream::unfold(Some((check, rest)), move |left| following(left, ends)));
        Response::from_parts(head, Body::Passing(Box::pin(pieces)))
    }

    /// Reads it to its end, and gives it the tag of its content. Where there is too much of it, it
    /// stays what it is: an answer to pass on.
    pub async fn hold(mut self) -> Result<Held, Fault> {
        let mut size: usize = self.answer.body().iter().map(Bytes::len).sum();
        while size <= HELD {
            match next(&mut self.check, &mut self.rest, self.ends).await? {
                Some(good) => {
                    size += good.len();
                    self.answer.body_mut().push(good);
                }
                None => {
                    let Self { answer, check, .. } = self;
                    let (head, mut read) = answer.into_parts();
                    let mut named = Response::from_parts(head, Bytes::new());
                    read.push(check.finish_held(&mut named)?);
                    return Ok(Held::Whole(named.map(|_| read)));
                }
            }
        }
        Ok(Held::Not(Box::new(self)))
    }
}

/// What became of holding an answer.
pub enum Held {
    Whole(Response<Vec<Bytes>>),
    Not(Box<Begun>),
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
