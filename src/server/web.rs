//! Requests to others, over HTTPS: Cloudflare's API and the keys of Access.
//!
//! Connections for reads are kept and used again. A change goes on a connection of its own: one
//! that lay idle may be closed by the other side just as the change is written, and then nobody
//! could say whether it was made. Redirects are not followed: hyper's client knows none.

use std::{error::Error, io};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use proxy::{limits, refusal::Fault};
use tokio::time::timeout;
use tracing::warn;

use crate::{connect::InTime, incoming};

/// So much is read at a time, and waits for as long as an answer waits for room.
const BUFFER: usize = 64 * 1024;

type Connector = InTime<HttpsConnector<HttpConnector>>;

pub struct Web {
    reads: Client<Connector, Full<Bytes>>,
    changes: Client<Connector, Full<Bytes>>,
}

impl Web {
    pub fn new() -> Self {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        // Where a name has several addresses, none of them takes all the time.
        connector.set_connect_timeout(Some(limits::CONNECT_TIME));
        // The settings take plain HTTP for this machine alone.
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let connector = InTime(connector);
        let mut client = Client::builder(TokioExecutor::new());
        client.http1_max_buf_size(BUFFER);
        let reads = client.pool_timer(TokioTimer::new()).build(connector.clone());
        let changes = client.pool_max_idle_per_host(0).build(connector);
        Self { reads, changes }
    }

    /// Sends a request; the answer's body is still to be read.
    pub async fn open(&self, request: &Request<Bytes>) -> Result<Response<Incoming>, Fault> {
        let request = request.clone().map(Full::new);
        let client = if request.method() == Method::GET { &self.reads } else { &self.changes };
        // Connecting counts as time without a byte.
        let answer = timeout(limits::READ_TIME, client.request(request)).await;
        answer.map_err(|_| Fault::Time)?.map_err(|error| {
            let cause = cause(&error);
            // The error names no header, so no token either.
            warn!(%error, cause = cause.map(ToString::to_string), "a request got no answer");
            let is_late = cause
                .and_then(|cause| cause.downcast_ref::<io::Error>())
                .is_some_and(|cause| cause.kind() == io::ErrorKind::TimedOut);
            match error.is_connect() {
                true if is_late => Fault::ConnectTime,
                true => Fault::Unreachable,
                false => Fault::Broken,
            }
        })
    }

    /// The keys of Access.
    pub async fn keys(&self, url: &Uri) -> Option<Bytes> {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = url.clone();
        let fetched = timeout(limits::KEYS_TIME, async {
            let (head, body) = self.open(&request).await.ok()?.into_parts();
            let body = incoming::whole(body, limits::KEYS_BODY).await.ok()?;
            (head.status == StatusCode::OK).then_some(body)
        });
        fetched.await.ok()?
    }
}

/// What was at the bottom of it.
fn cause<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    let mut cause = error.source()?;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    Some(cause)
}
