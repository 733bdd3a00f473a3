//! Requests to others. Redirects are not followed, nothing is cached, and a request that nobody
//! waits for any more is ended.

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, header, response::Parts};
use model::{Demo, DemoChange};
use proxy::{limits, refusal::Fault};
use serde_json::json;
use worker::{AbortController, Fetch, ResponseBody};

use crate::{clock, logs, outgoing};

/// Where forwarded requests go.
pub enum Upstream {
    /// Cloudflare, or whatever the settings name.
    #[cfg_attr(feature = "demo", expect(dead_code, reason = "the demo asks nobody"))]
    Cloudflare,
    /// The simulator in this isolate.
    #[cfg(feature = "demo")]
    Simulated(std::cell::RefCell<sim::Sim>),
}

/// An answer's head, and its body as it comes.
pub struct Opened {
    pub head: Parts,
    pub body: crate::body::Pieces,
}

/// Ends a request when it is dropped; one that is over does not notice.
struct Ended(Option<AbortController>);

impl Drop for Ended {
    fn drop(&mut self) {
        if let Some(controller) = self.0.take() {
            controller.abort();
        }
    }
}

impl Upstream {
    /// Sets the simulator, and says what it is set to; nothing where it is none.
    pub fn set(&self, change: DemoChange) -> Option<Demo> {
        match (self, change) {
            (Self::Cloudflare, _) => None,
            #[cfg(feature = "demo")]
            (Self::Simulated(sim), change) => Some(sim.borrow_mut().set(change, clock::now())),
        }
    }

    /// Sends a request. How long to wait for all of the answer is the caller's to say.
    pub async fn open(&self, request: &Request<Bytes>) -> Result<Opened, Fault> {
        match self {
            Self::Cloudflare => open(request).await,
            #[cfg(feature = "demo")]
            Self::Simulated(sim) => {
                let answer = sim.borrow_mut().answer(request, clock::now());
                worker::Delay::from(answer.delay).await;
                let (head, body) = answer.response.into_parts();
                let body = futures_util::stream::iter([Ok(body.to_vec())]);
                Ok(Opened { head, body: Box::pin(body) })
            }
        }
    }
}

/// Sends a request to whom its address names.
pub async fn open(request: &Request<Bytes>) -> Result<Opened, Fault> {
    let broken = |error: worker::Error| {
        // The runtime doesn't tell whether anything was sent: so that has to be assumed. Its
        // message names no header, so no token either.
        logs::warn("a request got no answer", json!({ "error": error.to_string() }));
        Fault::Broken
    };
    let controller = AbortController::default();
    let signal = controller.signal();
    let ended = Ended(Some(controller));
    let url = request.uri().to_string();
    let sent = Fetch::Request(outgoing::request(&url, request).map_err(broken)?);
    let answer = clock::within(limits::READ_TIME, sent.send_with_signal(&signal)).await;
    let mut answer = answer.ok_or(Fault::Time)?.map_err(broken)?;
    let head = head(&answer)?;
    let pieces: crate::body::Pieces = match answer.body() {
        ResponseBody::Stream(_) => Box::pin(answer.stream().map_err(broken)?),
        _ => Box::pin(futures_util::stream::empty()),
    };
    Ok(Opened { head, body: Box::pin(until_the_end(pieces, ended)) })
}

/// The pieces; whoever drops them ends the request.
fn until_the_end(
    pieces: crate::body::Pieces,
    ended: Ended,
) -> impl Stream<Item = worker::Result<Vec<u8>>> {
    futures_util::stream::unfold((pieces, ended), |(mut pieces, ended)| async move {
        pieces.next().await.map(|piece| (piece, (pieces, ended)))
    })
}

fn head(answer: &worker::Response) -> Result<Parts, Fault> {
    let status = StatusCode::from_u16(answer.status_code()).map_err(|_| Fault::Unreadable)?;
    let mut head = Response::new(()).into_parts().0;
    head.status = status;
    for (name, value) in answer.headers() {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Fault::Unreadable)?;
        // The runtime has unpacked it, and the length is that of the packed one.
        if name == header::CONTENT_LENGTH
            && answer.headers().has("content-encoding").unwrap_or(true)
        {
            continue;
        }
        let value = HeaderValue::from_str(&value).map_err(|_| Fault::Unreadable)?;
        head.headers.append(name, value);
    }
    Ok(head)
}
