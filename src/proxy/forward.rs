//! The upstream request, built from nothing: no header, path or query of the client is in it.
//!
//! Steps: the address from the typed operation; `Accept`, `User-Agent` and, with a body,
//! `Content-Type`; the body as written anew; the token last.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Uri, header};
use model::{AccountId, Operation, Role};

use crate::{
    change::Change,
    encoding::Encoding,
    input::{Paging, Seen},
    limits,
    pace::Attempts,
    policy::{Permit, Upstream},
    refusal::Refusal,
    reply::{Naming, Reply},
};

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const USER_AGENT: HeaderValue =
    HeaderValue::from_static(concat!("riskdesk/", env!("CARGO_PKG_VERSION")));

/// A request to send upstream, and what to do with its answer.
#[derive(Debug)]
pub struct Forward {
    pub request: Request<Bytes>,
    /// The time for all of it, a second attempt included. Then: [`crate::refusal::Fault::Time`].
    pub deadline: Duration,
    /// How often it may be sent: [`crate::Gate::after`] counts.
    pub attempts: Attempts,
    pub reply: Reply,
    /// Reads that are alike may share one answer while it is under way, and no longer. A change
    /// is like nothing else.
    pub alike: Option<Alike>,
    /// Names a large answer, whose tag is sent before its content is there.
    pub naming: Naming,
    /// What the caller has already: what becomes of the answer for this caller alone.
    pub seen: Seen,
    /// The form of the answer that the caller likes best.
    pub encoding: Encoding,
    /// What to put on record, if the request changes something: see [`crate::audit`].
    pub change: Option<Change>,
}

/// What reads must have in common to share an answer: what is asked for, and the role of who
/// asks, so that an answer never meets another role than it was fetched for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alike {
    role: Role,
    /// Operation, parameters and query, all of them in the address.
    address: Uri,
}

pub(crate) fn build(
    permit: &Permit,
    account: &AccountId,
    upstream: &Upstream,
    paging: Paging,
    body: Bytes,
    change: Option<Change>,
    naming: Naming,
) -> Result<Forward, Refusal> {
    let operation = permit.operation();
    let kind = operation.kind();
    let change = match change {
        Some(change) => {
            let look = change.subject.as_ref();
            let look =
                look.map(|look| request(account, upstream, look, Paging::default(), Bytes::new()));
            Some(Change { look: look.transpose()?, body: body.clone(), ..change })
        }
        None => None,
    };
    let request = request(account, upstream, operation, paging, body)?;
    let deadline = limits::upstream_time(kind);
    let (attempts, reply) = (Attempts::new(kind), Reply::to(kind));
    let role = permit.identity().role();
    let alike = (!kind.is_write()).then(|| Alike { role, address: request.uri().clone() });
    let (seen, encoding) = (Seen::default(), Encoding::Identity);
    Ok(Forward { request, deadline, attempts, reply, alike, naming, seen, encoding, change })
}

fn request(
    account: &AccountId,
    upstream: &Upstream,
    operation: &Operation,
    paging: Paging,
    body: Bytes,
) -> Result<Request<Bytes>, Refusal> {
    let mut request = Request::new(body);
    *request.method_mut() = match operation.kind().spec().method {
        model::Method::Get => Method::GET,
        model::Method::Post => Method::POST,
        model::Method::Put => Method::PUT,
        model::Method::Delete => Method::DELETE,
    };
    *request.uri_mut() = address(&upstream.base, &(operation.path(account) + &paging.query()))?;
    // For the host to count and time it by.
    request.extensions_mut().insert(operation.kind());
    let has_body = !request.body().is_empty();
    let headers = request.headers_mut();
    headers.insert(header::ACCEPT, JSON);
    headers.insert(header::USER_AGENT, USER_AGENT);
    if has_body {
        headers.insert(header::CONTENT_TYPE, JSON);
    }
    headers.insert(header::AUTHORIZATION, upstream.token.authorization());
    Ok(request)
}

pub(crate) fn address(base: &Uri, path: &str) -> Result<Uri, Refusal> {
    let base = base.to_string();
    format!("{}{path}", base.trim_end_matches('/')).parse().map_err(|_| Refusal::Address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_may_be_a_url_or_a_path() {
        let base = Uri::from_static;
        for (base, whole) in [
            (
                base("https://api.cloudflare.com/client/v4"),
                "https://api.cloudflare.com/client/v4/a",
            ),
            (
                base("https://api.cloudflare.com/client/v4/"),
                "https://api.cloudflare.com/client/v4/a",
            ),
            (base("/client/v4"), "/client/v4/a"),
        ] {
            assert_eq!(address(&base, "/a").unwrap(), whole);
        }
    }
}
