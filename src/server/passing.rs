//! A large answer, passed on while it comes, as [`proxy::reply::Passing`] lets it.
//!
//! A task of its own reads it, so that its deadline holds and the upstream is let go even when the
//! client stops reading. The client's side says explicitly that all is well: whatever else becomes
//! of the task, the connection is broken off and nobody takes the half for the whole.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use axum::body::Body;
use bytes::Bytes;
use http::Response;
use hyper::body::Frame;
use model::OperationKind;
use proxy::{Encoding, refusal::Fault, reply::Passing};
use tokio::{
    sync::mpsc,
    time::{Instant, timeout_at},
};
use tracing::warn;

use crate::{incoming, metrics::Metrics, pack::Packer};

/// So many pieces may wait for the client; each is at most some hundred KiB.
const WAITING: usize = 2;

/// A piece, or the word that all of them came.
type Piece = Option<Bytes>;

/// An answer that has begun, and has its client still to find.
pub struct Begun {
    pub answer: Response<Bytes>,
    pub check: Passing,
    pub rest: Body,
    pub ends: Instant,
}

impl Begun {
    /// Passes it on in this form, until it ends.
    pub fn pass(self, encoding: Encoding, metrics: Metrics) -> Response<Body> {
        let Self { mut answer, check, rest, ends } = self;
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
        });
        Response::from_parts(head, Body::new(Pieces(pieces)))
    }
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
