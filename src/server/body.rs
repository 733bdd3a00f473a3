//! A request, read whole: within the proxy's limits of size and time, or refused.

use axum::body::Body;
use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body as _;
use proxy::{Refusal, limits};
use tokio::time::timeout;

pub async fn read(request: Request<Body>) -> Result<Request<Bytes>, Refusal> {
    let (head, body) = request.into_parts();
    // A length that is announced needs no reading to be refused.
    if body.size_hint().lower() > limits::REQUEST_BODY as u64 {
        return Err(Refusal::BodySize);
    }
    let body = Limited::new(body, limits::REQUEST_BODY).collect();
    let body = timeout(limits::REQUEST_BODY_TIME, body).await.map_err(|_| Refusal::BodyTime)?;
    match body {
        Ok(body) => Ok(Request::from_parts(head, body.to_bytes())),
        Err(error) if error.is::<LengthLimitError>() => Err(Refusal::BodySize),
        Err(_) => Err(Refusal::BodySyntax("it ended early".to_owned())),
    }
}
