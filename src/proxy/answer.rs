//! Riskdesk's own answers: JSON in the envelope, or a line of plain text; and reading them.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use model::Envelope;
use serde::{Serialize, de::DeserializeOwned};

use crate::headers;

const JSON: HeaderValue = HeaderValue::from_static("application/json; charset=utf-8");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// Data: never kept by a cache on the way.
pub(crate) fn json<T: Serialize>(status: StatusCode, value: &T) -> Response<Bytes> {
    // Our own types have text keys and finite numbers, so writing them doesn't fail.
    relayed(status, serde_json::to_vec(value).unwrap_or_default().into())
}

/// JSON that is already written.
pub(crate) fn relayed(status: StatusCode, body: Bytes) -> Response<Bytes> {
    dressed(status, JSON, body)
}

/// A line for a person, where the app can't be shown.
pub(crate) fn text(status: StatusCode, line: &'static str) -> Response<Bytes> {
    dressed(status, TEXT, Bytes::from_static(line.as_bytes()))
}

/// The result of an answer that is a success and reads as a `T`.
pub(crate) fn result<T: DeserializeOwned>(answer: &Response<Bytes>) -> Option<T> {
    let envelope: Envelope<T> = serde_json::from_slice(answer.body()).ok()?;
    envelope.result.filter(|_| envelope.success && answer.status().is_success())
}

fn dressed(status: StatusCode, kind: HeaderValue, body: Bytes) -> Response<Bytes> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    headers::secure(response.headers_mut());
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    response
}
