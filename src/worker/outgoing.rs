//! An answer of the core's, as the runtime sends it. The runtime adds the length, and compresses
//! for who takes it.

use http::{HeaderMap, Response, StatusCode, header};
use worker::{Headers, ResponseBuilder};

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

pub fn headers(from: &HeaderMap) -> worker::Result<Headers> {
    let headers = Headers::new();
    for (name, value) in from {
        if name != header::CONTENT_LENGTH {
            headers.append(name.as_str(), &String::from_utf8_lossy(value.as_bytes()))?;
        }
    }
    Ok(headers)
}
