//! A request as the runtime has it, read whole for the gate.
//!
//! The runtime's own HTTP layer has parsed it: it resolves `..`, joins a header that came twice
//! with a comma, and ends what is no HTTP. What it leaves is judged as on every host.

use bytes::Bytes;
use futures_util::TryStreamExt;
use http::{HeaderName, HeaderValue, Method, Request, Uri};
use js_sys::Array;
use proxy::{Refusal, limits};
use wasm_bindgen::JsCast;

use crate::clock;

/// The request with its body, which may be no larger than [`limits::REQUEST_BODY`] and take no
/// longer than [`limits::REQUEST_BODY_TIME`].
pub async fn read(request: &mut worker::Request) -> Result<Request<Bytes>, Refusal> {
    let mut whole = head(request)?;
    if request.inner().body().is_some() {
        let body = clock::within(limits::REQUEST_BODY_TIME, body(request)).await;
        *whole.body_mut() = body.ok_or(Refusal::BodyTime)??;
    }
    Ok(whole)
}

fn head(request: &worker::Request) -> Result<Request<Bytes>, Refusal> {
    let request = request.inner();
    let mut whole = Request::new(Bytes::new());
    // As it came: a type of the runtime's crate would take an unknown method for a GET.
    *whole.method_mut() =
        Method::from_bytes(request.method().as_bytes()).map_err(|_| Refusal::Method(vec![]))?;
    *whole.uri_mut() = target(&request.url())?;
    for pair in request.headers().entries() {
        let pair: Array = pair.map_err(|_| Refusal::HiddenHeader)?.unchecked_into();
        let text = |index| pair.get(index).as_string().ok_or(Refusal::HiddenHeader);
        let (name, value) = (text(0)?, text(1)?);
        // A header that can't be held is not left out: who sent it may have meant something.
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| Refusal::HiddenHeader)?;
        let value = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| Refusal::HiddenHeader)?;
        whole.headers_mut().append(name, value);
    }
    Ok(whole)
}

/// Path and query of a whole URL: whom it is for is in the `Host` header.
pub fn target(url: &str) -> Result<Uri, Refusal> {
    let (_, rest) = url.split_once("://").ok_or(Refusal::Address)?;
    let path = rest.find(['/', '?']).map_or("/", |at| &rest[at..]);
    path.parse().map_err(|_| Refusal::Address)
}

async fn body(request: &mut worker::Request) -> Result<Bytes, Refusal> {
    let early = |_| Refusal::BodySyntax("it ended early".to_owned());
    let mut pieces = request.stream().map_err(early)?;
    let mut whole = Vec::new();
    while let Some(piece) = pieces.try_next().await.map_err(early)? {
        whole.extend_from_slice(&piece);
        if whole.len() > limits::REQUEST_BODY {
            return Err(Refusal::BodySize);
        }
    }
    Ok(whole.into())
}
