//! A large answer, passed on while it comes, as [`proxy::reply::Passing`] lets it.
//!
//! A task of its own reads it, so that its deadline holds and the upstream is let go even when the
//! client stops reading. The client's side says explicitly that all is well: whatever else becomes
//! of the task, the connection is broken off and nobody takes the half for the whole.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use axum::body::Body;
use bytes::Bytes;
use http::Response;
use hyper::body::Frame;
use model::OperationKind;
use proxy::{Encoding, limits, refusal::Fault, reply::Passing};
use tokio::{
    sync::mpsc,
    time::{Instant, timeout_at},
};
use tracing::warn;

use crate::{
    clock,
    flights::Whole,
    incoming,
    metrics::Metrics,
    pack::{Packer, Unpacked},
    room::{Room, Taken},
};

/// So many pieces may wait for the client; each is at most some hundred KiB.
const WAITING: usize = 1;

/// As much of a whole answer is handed over at a time.
const PIECE: usize = 64 * 1024;

/// A piece, or the word that all of them came.
type Piece = Option<Bytes>;

/// An answer that has begun, and has its client still to find.
pub struct Begun {
    pub answer: Response<Bytes>,
    pub check: Passing,
    pub rest: Body,
    pub ends: Instant,
    pub room: Taken,
}

impl Begun {
    /// Passes it on in this form, until it ends.
    pub fn pass(self, encoding: Encoding, metrics: Metrics) -> Response<Body> {
        let Self { mut answer, check, rest, ends, room } = self;
        // Without memory to compress it, it goes as it is.
        let packer = Packer::new(encoding, None).ok();
        let packs = packer.is_some() && encoding.dress(&mut answer, None);
        let packer = packer.filter(|_| packs);
        let (head, first) = answer.into_parts();
        let (client, pieces) = mpsc::channel(WAITING);
        tokio::spawn(async move {
            let passed = timeout_at(ends, pass(&client, packer, first, check, rest)).await;
            if let Err(fault) = passed.unwrap_or(Err(Fault::Time)) {
                metrics.fault(OperationKind::Summary.spec().name, fault);
                warn!(error = %fault, "a large answer was broken off halfway");
            }
            drop(room);
        });
        Response::from_parts(head, Body::new(Pieces(pieces)))
    }

    /// Reads it to its end, compressed, to see whether it was seen before. Without room for that it
    /// stays what it is: an answer to pass on.
    pub async fn hold(mut self, room: &Room) -> Result<Held, Fault> {
        if !room.to_hold(&mut self.room) {
            return Ok(Held::Not(Box::new(self)));
        }
        let Ok(mut packer) = Packer::new(Encoding::Zstd, None) else {
            return Ok(Held::Not(Box::new(self)));
        };
        let Self { mut answer, mut check, mut rest, ends, room } = self;
        let broken = |_| Fault::Broken;
        let held = timeout_at(ends, async {
            let mut held = Vec::new();
            let mut good = std::mem::take(answer.body_mut());
            loop {
                held.extend_from_slice(&packer.feed(good).await.map_err(broken)?);
                if held.len() > limits::HELD_SUMMARY {
                    return Ok(None);
                }
                match incoming::next(&mut rest).await? {
                    Some(bytes) => good = check.take(&bytes)?,
                    None => break,
                }
            }
            let last = check.finish_held(&mut answer)?;
            held.extend_from_slice(&packer.feed(last).await.map_err(broken)?);
            held.extend_from_slice(&packer.finish().map_err(broken)?);
            Ok(Some(Bytes::from(held)))
        });
        let Some(held) = held.await.unwrap_or(Err(Fault::Time))? else { return Ok(Held::TooLarge) };
        *answer.body_mut() = held;
        Ok(Held::Whole(Whole { room: Arc::new(room), is_held: true, ..answer.into() }))
    }
}

/// What became of holding an answer.
pub enum Held {
    Whole(Whole),
    Not(Box<Begun>),
    /// What was read of it is lost.
    TooLarge,
}

/// The body of an answer that takes room, handed over piece by piece: the room is given back when it
/// has been, and at the latest after [`limits::SEND_TIME`], however slow its client is.
pub fn hand_over(content: Bytes, room: Arc<Taken>) -> Body {
    let starts = (0..content.len()).step_by(PIECE);
    // A copy: a part of it would keep the whole in memory.
    let pieces = starts.map(move |at| {
        let end = (at + PIECE).min(content.len());
        Ok(Bytes::copy_from_slice(&content[at..end]))
    });
    spawn(pieces, Packer::plain(), room)
}

/// The same of what is held as zstd, in this form.
pub fn hand_over_held(held: Bytes, encoding: Encoding, room: Arc<Taken>) -> io::Result<Body> {
    if encoding == Encoding::Zstd {
        return Ok(hand_over(held, room));
    }
    Ok(spawn(Unpacked::new(held)?, Packer::new(encoding, None)?, room))
}

fn spawn(
    pieces: impl Iterator<Item = io::Result<Bytes>> + Send + 'static,
    packer: Packer,
    room: Arc<Taken>,
) -> Body {
    let (client, handed) = mpsc::channel(WAITING);
    let ends = clock::instant() + limits::SEND_TIME;
    tokio::spawn(async move {
        match timeout_at(ends, send(&client, pieces, packer)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => warn!(%error, "a large answer was broken off: it can't be packed"),
            Err(_) => warn!("a large answer was broken off: its client reads too slowly"),
        }
        drop(room);
    });
    Body::new(Pieces(handed))
}

async fn send(
    client: &mpsc::Sender<Piece>,
    pieces: impl Iterator<Item = io::Result<Bytes>>,
    mut packer: Packer,
) -> io::Result<()> {
    for piece in pieces {
        let piece = packer.feed(piece?).await?;
        if !piece.is_empty() && client.send(Some(piece)).await.is_err() {
            // The client has gone, and there is nobody to tell.
            return Ok(());
        }
    }
    let last = Some(packer.finish()?).filter(|last| !last.is_empty());
    for piece in last.map(Some).into_iter().chain([None]) {
        if client.send(piece).await.is_err() {
            break;
        }
    }
    Ok(())
}

async fn pass(
    client: &mpsc::Sender<Piece>,
    mut packer: Option<Packer>,
    first: Bytes,
    mut check: Passing,
    mut rest: Body,
) -> Result<(), Fault> {
    let mut good = first;
    loop {
        if let Some(packer) = &mut packer {
            good = packer.feed(good).await.map_err(|_| Fault::Broken)?;
        }
        if !good.is_empty() && client.send(Some(good)).await.is_err() {
            // The client has gone, and there is nobody to tell.
            return Ok(());
        }
        match incoming::next(&mut rest).await? {
            Some(bytes) => good = check.take(&bytes)?,
            None => break,
        }
    }
    let last = check.finish()?;
    let (last, end) = match packer {
        None => (last, Bytes::new()),
        Some(mut packer) => {
            let last = packer.feed(last).await.map_err(|_| Fault::Broken)?;
            (last, packer.finish().map_err(|_| Fault::Broken)?)
        }
    };
    let pieces = [last, end].into_iter().filter(|piece| !piece.is_empty()).map(Some);
    for piece in pieces.chain([None]) {
        if client.send(piece).await.is_err() {
            break;
        }
    }
    Ok(())
}

/// The client's side of it.
struct Pieces(mpsc::Receiver<Piece>);

impl hyper::body::Body for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        Poll::Ready(match ready!(self.0.poll_recv(context)) {
            Some(Some(bytes)) => Some(Ok(Frame::data(bytes))),
            Some(None) => None,
            None => Some(Err(io::Error::from(io::ErrorKind::UnexpectedEof))),
        })
    }
}
