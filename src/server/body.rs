//! A request, read whole: within the proxy's limits of size and time, or refused.

use axum::BoxError;
use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Body;
use proxy::{Refusal, limits};
use tokio::time::timeout;

pub async fn read<B>(request: Request<B>) -> Result<Request<Bytes>, Refusal>
where
    B: Body<Data = Bytes, Error: Into<BoxError>>,
{
    let (head, body) = request.into_parts();
    // Most have none, and need no deadline for it.
    if body.is_end_stream() {
        return Ok(Request::from_parts(head, Bytes::new()));
    }
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
