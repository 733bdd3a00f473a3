//! What the client needs of its host.

use model::{BatchId, Method};

/// A request below the origin of the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// The path and query, percent-encoded.
    pub path: String,
    /// A JSON text.
    pub body: Option<String>,
    /// Why a change is made; goes into the audit log.
    pub reason: Option<String>,
    /// Which changes are made together; goes into the audit log.
    pub batch: Option<BatchId>,
    /// The `If-Match` header: the entity tag of the state that is to be changed.
    pub if_match: Option<String>,
}

/// An answer, whatever its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: Option<String>,
    /// Cloudflare's name for the request, for its support (`Cf-Ray`).
    pub ray: Option<String>,
    /// Seconds to wait before the next try (`Retry-After`).
    pub retry_after: Option<u32>,
    /// The `ETag` header.
    pub etag: Option<String>,
    pub body: Vec<u8>,
}

impl Response {
    /// Whether this says that the session has ended: a 401, or the sign-in page in place of data,
    /// or the way there.
    #[must_use]
    pub fn is_sign_in(&self) -> bool {
        let html = self.content_type.as_deref().is_some_and(|kind| kind.starts_with("text/html"));
        matches!(self.status, 401 | 300..=399) || (html && self.status < 400)
    }
}

/// No answer came: no connection, or it broke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    pub detail: String,
}

/// Sends requests. Dropping the future abandons the request.
pub trait Transport {
    /// # Errors
    /// [`Unreachable`] where no answer came; an answer of any status is no error.
    fn send(&self, request: Request) -> impl Future<Output = Result<Response, Unreachable>>;
}
