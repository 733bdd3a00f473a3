//! Requests to others, over HTTPS: Cloudflare's API and the keys of Access.
//!
//! Connections are kept and used again. Redirects are not followed: hyper's client knows none.

use bytes::Bytes;
use http::{Request, Response, StatusCode, Uri};
use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use proxy::{limits, refusal::Fault};
use tokio::time::timeout;
use tracing::warn;

#[derive(Clone)]
pub struct Web(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

impl Web {
    pub fn new() -> Self {
        let mut connector = HttpConnector::new();
        connector.enforce_http(false);
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(limits::CONNECT_TIME));
        // The settings take plain HTTP for this machine alone.
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let mut client = Client::builder(TokioExecutor::new());
        Self(client.pool_timer(TokioTimer::new()).build(connector))
    }

    /// Sends a request; the answer's body is still to be read.
    pub async fn open(&self, request: &Request<Bytes>) -> Result<Response<Incoming>, Fault> {
        let request = request.clone().map(Full::new);
        self.0.request(request).await.map_err(|error| {
            // The error names no header, so no token either.
            warn!(%error, cause = cause(&error), "a request got no answer");
            if error.is_connect() { Fault::Unreachable } else { Fault::Broken }
        })
    }

    /// Sends a request and reads its answer whole, within the request's own limit.
    pub async fn send(&self, request: &Request<Bytes>) -> Result<Response<Bytes>, Fault> {
        let limit = request.extensions().get::<limits::BodyLimit>().map_or(0, |limit| limit.0);
        let (head, body) = self.open(request).await?.into_parts();
        let body = Limited::new(body, limit).collect().await.map_err(|error| {
            if error.is::<LengthLimitError>() { Fault::TooLarge } else { Fault::Broken }
        })?;
        Ok(Response::from_parts(head, body.to_bytes()))
    }

    /// The keys of Access.
    pub async fn keys(&self, url: &Uri) -> Option<Bytes> {
        let mut request = Request::new(Bytes::new());
        *request.uri_mut() = url.clone();
        request.extensions_mut().insert(limits::BodyLimit(limits::KEYS_BODY));
        let response = timeout(limits::KEYS_TIME, self.send(&request)).await.ok()?.ok()?;
        (response.status() == StatusCode::OK).then(|| response.into_body())
    }
}

fn cause(error: &dyn std::error::Error) -> Option<String> {
    error.source().map(ToString::to_string)
}
