//! Answers from upstream, read under their deadline: [`limits::READ_TIME`] without a byte is the
//! end of it.

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::Body;
use proxy::{limits, refusal::Fault};
use tokio::time::timeout;

use crate::room::{Room, Taken};

/// The next piece of a body; nothing at its end.
pub async fn next<B>(body: &mut B) -> Result<Option<Bytes>, Fault>
where
    B: Body<Data = Bytes> + Unpin,
{
    loop {
        let frame = timeout(limits::READ_TIME, body.frame()).await.map_err(|_| Fault::Time)?;
        let Some(frame) = frame else { return Ok(None) };
        // Trailers say nothing that we pass on.
        if let Ok(bytes) = frame.map_err(|_| Fault::Broken)?.into_data() {
            return Ok(Some(bytes));
        }
    }
}

/// A body up to its end, or until there is more than `enough` of it; whether it has ended.
pub async fn start<B>(
    body: &mut B,
    enough: usize,
    room: &Room,
    taken: &mut Taken,
) -> Result<(Bytes, bool), Fault>
where
    B: Body<Data = Bytes> + Unpin,
{
    let Some(first) = next(body).await? else { return Ok((Bytes::new(), true)) };
    // Mostly all of it comes at once.
    if first.len() > enough || body.is_end_stream() {
        return Ok((first, body.is_end_stream()));
    }
    // Where its length is announced, it is put together in one place, and not moved as it grows.
    let left = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX).min(enough);
    room.for_size(taken, (first.len() + left).min(enough)).await?;
    let mut read = BytesMut::from(first);
    read.reserve(left);
    while read.len() <= enough {
        match next(body).await? {
            Some(bytes) => {
                room.for_size(taken, (read.len() + bytes.len()).min(enough)).await?;
                read.extend_from_slice(&bytes);
            }
            None => return Ok((read.freeze(), true)),
        }
    }
    Ok((read.freeze(), false))
}

/// A body of at most `most` bytes, which is little.
pub async fn whole<B>(mut body: B, most: usize) -> Result<Bytes, Fault>
where
    B: Body<Data = Bytes> + Unpin,
{
    match start(&mut body, most, &Room::default(), &mut Taken::default()).await? {
        (bytes, true) if bytes.len() <= most => Ok(bytes),
        _ => Err(Fault::TooLarge),
    }
}
