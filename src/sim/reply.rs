//! Replies: the vendor's envelope, status and headers around a result or a failure.

use std::time::Duration;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{ALLOW, CONTENT_TYPE, RETRY_AFTER},
};
use model::operations::RouteError;
use serde::Serialize;
use uuid::Uuid;

use crate::{
    Answer,
    auth::Denied,
    codes,
    limit::{self, Quota},
    wire::{Failure, Fault, RefusedToken, Success},
};

const JSON: &str = "application/json; charset=UTF-8";
const HTML: &str = "text/html; charset=UTF-8";

/// What Cloudflare's edge sends when what is behind it breaks: not the API's envelope.
const ERROR_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en-US\"><head><title>500: Internal server \
    error</title></head>\n<body><h1>Internal server error</h1><p>Error code 500</p></body></html>\n";

pub(crate) struct Reply {
    status: StatusCode,
    content_type: &'static str,
    body: Bytes,
    delay: Duration,
    retry_after: Option<i64>,
    allow: Option<String>,
    /// The reply to a write that took effect.
    wrote: bool,
    audit_id: Option<Uuid>,
}

impl Reply {
    fn new(status: StatusCode, content_type: &'static str, body: Bytes) -> Self {
        Self {
            status,
            content_type,
            body,
            delay: Duration::ZERO,
            retry_after: None,
            allow: None,
            wrote: false,
            audit_id: None,
        }
    }

    /// A body that is there already.
    pub(crate) fn raw(body: Bytes) -> Self {
        Self::new(StatusCode::OK, JSON, body)
    }

    pub(crate) fn success<T: Serialize>(result: T) -> Self {
        Self::raw(json(&Success::new(result)))
    }

    pub(crate) fn faults(status: StatusCode, faults: &[Fault]) -> Self {
        Self::new(status, JSON, json(&Failure::new(faults)))
    }

    pub(crate) fn fault(status: StatusCode, code: i64, message: &str) -> Self {
        Self::faults(status, &[Fault::new(code, message)])
    }

    pub(crate) fn html_error() -> Self {
        let body = Bytes::from_static(ERROR_PAGE.as_bytes());
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, HTML, body)
    }

    pub(crate) fn denied(denied: Denied) -> Self {
        let status = match denied {
            Denied::Missing => StatusCode::UNAUTHORIZED,
            Denied::Wrong => StatusCode::FORBIDDEN,
        };
        Self::refused_token(status, codes::AUTHENTICATION, "Authentication error")
    }

    pub(crate) fn not_entitled() -> Self {
        Self::refused_token(StatusCode::FORBIDDEN, codes::FORBIDDEN, "Forbidden")
    }

    /// Refusals before the service itself is reached leave `messages` and `result` out [O].
    fn refused_token(status: StatusCode, code: i64, message: &str) -> Self {
        Self::new(status, JSON, json(&RefusedToken::new(&[Fault::new(code, message)])))
    }

    pub(crate) fn rate_limited(seconds: i64) -> Self {
        let message = "Please wait and consider throttling your request speed";
        let reply = Self::fault(StatusCode::TOO_MANY_REQUESTS, codes::RATE_LIMITED, message);
        Self { retry_after: Some(seconds), ..reply }
    }

    pub(crate) fn no_route() -> Self {
        Self::fault(StatusCode::NOT_FOUND, codes::NO_ROUTE, "No route for the URI")
    }

    pub(crate) fn unroutable(method: &str, error: &RouteError) -> Self {
        match error {
            RouteError::Unknown => Self::no_route(),
            RouteError::BadId => {
                let message = "The identifier in the path is not valid";
                Self::fault(StatusCode::BAD_REQUEST, codes::BAD_ID, message)
            }
            RouteError::Method(allowed) => {
                let message = format!("Method {method} not available for that URI.");
                let reply = Self::fault(StatusCode::METHOD_NOT_ALLOWED, codes::METHOD, &message);
                let allowed: Vec<&str> = allowed.iter().map(|method| method.as_str()).collect();
                Self { allow: Some(allowed.join(", ")), ..reply }
            }
        }
    }

    pub(crate) fn internal() -> Self {
        Self::fault(StatusCode::INTERNAL_SERVER_ERROR, codes::INTERNAL, "Internal server error")
    }

    /// Marks the reply to a write that took effect.
    pub(crate) fn written(self) -> Self {
        Self { wrote: true, ..self }
    }

    /// The same without the second half of its body.
    pub(crate) fn broken_off(self) -> Self {
        Self { body: self.body.slice(..self.body.len() / 2), ..self }
    }

    /// The same, not before so long from now.
    pub(crate) fn after(self, delay: Duration) -> Self {
        Self { delay: self.delay.max(delay), ..self }
    }

    /// Names the vendor's own audit log entry, where the reply is to a write.
    pub(crate) fn audited(self, id: Uuid) -> Self {
        Self { audit_id: self.wrote.then_some(id), ..self }
    }

    /// The reply with its headers. Refusals of a token come before its quota is known.
    pub(crate) fn finish(self, ray: &str, quota: Option<&Quota>) -> Answer {
        let mut response = http::Response::new(self.body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        set(headers, HeaderName::from_static("cf-ray"), ray);
        if let Some(id) = self.audit_id {
            set(headers, HeaderName::from_static("cf-auditlog-id"), &id.to_string());
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Some(methods) = &self.allow {
            set(headers, ALLOW, methods);
        }
        if let Some(quota) = quota {
            let left = format!("\"default\";r={};t={}", quota.remaining, quota.reset);
            set(headers, HeaderName::from_static("ratelimit"), &left);
            let policy = format!("\"default\";q={};w={}", limit::REQUESTS, limit::SECONDS);
            set(headers, HeaderName::from_static("ratelimit-policy"), &policy);
        }
        Answer { response, delay: self.delay }
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// The JSON text. Nothing that is written here can fail to be; an empty body would say so.
fn json(value: &impl Serialize) -> Bytes {
    serde_json::to_vec(value).unwrap_or_default().into()
}
