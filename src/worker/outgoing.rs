//! An answer and a request of the core's, as the runtime sends them. The runtime adds the length, and
//! compresses an answer for who takes it.

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response, StatusCode, header};
use js_sys::Uint8Array;
use worker::{Headers, RequestInit, RequestRedirect, ResponseBuilder};

use crate::body::Body;

/// Statuses that have no body, not even an empty one (Fetch §2.2.3).
const BODILESS: [StatusCode; 3] =
    [StatusCode::NO_CONTENT, StatusCode::RESET_CONTENT, StatusCode::NOT_MODIFIED];

pub fn answer(response: Response<Body>) -> worker::Result<worker::Response> {
    let (head, body) = response.into_parts();
    let headers = headers(&head.headers)?;
    let built = ResponseBuilder::new().with_status(head.status.as_u16()).with_headers(headers);
    match body {
        Body::Whole(_) if BODILESS.contains(&head.status) => Ok(built.empty()),
        Body::Whole(bytes) => Ok(built.fixed(bytes.to_vec())),
        Body::Passing(pieces) => built.from_stream(pieces),
    }
}

/// A request to `url`. No redirect is followed.
pub fn request(url: &str, request: &Request<Bytes>) -> worker::Result<worker::Request> {
    let mut init = RequestInit::new();
    init.method = match *request.method() {
        Method::POST => worker::Method::Post,
        Method::PUT => worker::Method::Put,
        Method::DELETE => worker::Method::Delete,
        _ => worker::Method::Get,
    };
    init.headers = headers(request.headers())?;
    init.redirect = RequestRedirect::Manual;
    if !request.body().is_empty() {
        init.body = Some(Uint8Array::from(&**request.body()).into());
    }
    worker::Request::new_with_init(url, &init)
}

pub fn headers(from: &HeaderMap) -> worker::Result<Headers> {
    let headers = Headers::new();
    for (name, value) in from {
        if name != header::CONTENT_LENGTH {
            headers.append(name.as_str(), &String::from_utf8_lossy(value.as_bytes()))?;
        }
    }
    Ok(headers)
}
