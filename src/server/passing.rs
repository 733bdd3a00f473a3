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
use proxy::{refusal::Fault, reply::Passing};
use tokio::{
    sync::mpsc,
    time::{Instant, timeout_at},
};
use tracing::warn;

use crate::{incoming, metrics::Metrics};

/// So many pieces may wait for the client; each is at most some hundred KiB.
const WAITING: usize = 2;

/// A piece, or the word that all of them came.
type Piece = Option<Bytes>;

/// Passes on what is left of an answer that has `begun`, until `ends`.
pub fn on(
    begun: Response<Bytes>,
    check: Passing,
    rest: Body,
    ends: Instant,
    metrics: Metrics,
) -> Response<Body> {
    let (head, first) = begun.into_parts();
    let (client, pieces) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        let passed = timeout_at(ends, pass(&client, first, check, rest)).await;
        if let Err(fault) = passed.unwrap_or(Err(Fault::Time)) {
            metrics.fault(OperationKind::Summary.spec().name, fault);
            warn!(error = %fault, "a large answer was broken off halfway");
        }
    });
    Response::from_parts(head, Body::new(Pieces(pieces)))
}

async fn pass(
    client: &mpsc::Sender<Piece>,
    first: Bytes,
    mut check: Passing,
    mut rest: Body,
) -> Result<(), Fault> {
    let mut good = first;
    loop {
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
    for piece in [Some(last), None] {
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
