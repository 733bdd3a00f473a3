//! The changes that were made, as the page keeps them for the tab (`sessionStorage`). The simulator
//! is deterministic: the same changes at the same times give the same account and the same log.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderName, HeaderValue, Request};
use serde::{Deserialize, Serialize};

/// A change that was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub at: DateTime<Utc>,
    /// Its number among the requests of the page.
    pub number: u64,
    /// How many requests the simulator had answered before: each moves its random numbers on.
    pub answered: u64,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Entry {
    #[must_use]
    pub fn new(request: &Request<Bytes>, number: u64, answered: u64, at: DateTime<Utc>) -> Self {
        // What the app sends is text.
        let headers = request.headers().iter().filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        Self {
            at,
            number,
            answered,
            method: request.method().to_string(),
            path: request.uri().to_string(),
            headers: headers.collect(),
            body: String::from_utf8_lossy(request.body()).into_owned(),
        }
    }

    /// The request as it was; nothing for an entry that somebody else has written.
    #[must_use]
    pub fn request(&self) -> Option<Request<Bytes>> {
        let mut request = Request::new(Bytes::from(self.body.clone()));
        *request.method_mut() = self.method.parse().ok()?;
        *request.uri_mut() = self.path.parse().ok()?;
        for (name, value) in &self.headers {
            let name: HeaderName = name.parse().ok()?;
            request.headers_mut().append(name, HeaderValue::from_str(value).ok()?);
        }
        Some(request)
    }
}
