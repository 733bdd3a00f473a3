//! The upstream answer, scrubbed: status, JSON and four headers pass, nothing else does, and what
//! can be changed on top of it is given a tag ([`crate::etag`]). The
//! headers pass on our own 502 as well: the vendor's support asks for the `Cf-Ray`.
//!
//! - redirects are not followed, 502
//! - what isn't JSON in the envelope, or is cut short, is 502 with our own envelope; HTML is
//!   never relayed
//! - a refused token is our trouble and not the caller's: 502, since a 401 from us asks the
//!   caller to sign in
//! - more than the operation's limit is 502

use bytes::Bytes;
use http::{HeaderMap, HeaderName, Response, StatusCode, header, response::Parts};
use model::OperationKind;
use serde::Deserialize;

use crate::{
    answer,
    etag::EntityTag,
    limits,
    refusal::{Fault, Refusal},
};

/// What passes besides status and body. `Set-Cookie`, `Location` and whatever else a server may
/// say to a browser does not.
const PASSED: [HeaderName; 4] = [
    HeaderName::from_static("cf-ray"),
    header::RETRY_AFTER,
    HeaderName::from_static("ratelimit"),
    HeaderName::from_static("ratelimit-policy"),
];

/// Makes the answer to an operation.
#[derive(Clone, Copy, Debug)]
pub struct Reply {
    operation: OperationKind,
}

/// The part of the envelope that every answer has.
#[derive(Deserialize)]
struct Outer {
    #[serde(rename = "success")]
    _success: bool,
}

impl Reply {
    pub(crate) fn to(operation: OperationKind) -> Self {
        Self { operation }
    }

    /// The answer to what came from upstream; where nothing did, the response has the [`Fault`]
    /// for an extension.
    #[must_use]
    pub fn finish(self, upstream: Response<Bytes>) -> Response<Bytes> {
        let (head, body) = upstream.into_parts();
        let fault = head.extensions.get::<Fault>().map_or(Ok(()), |fault| Err(*fault));
        let checked = fault.and_then(|()| check_head(&head)).and_then(|()| self.check_body(&body));
        let mut response = match checked {
            Ok(()) => self.tagged(answer::relayed(head.status, body)),
            Err(fault) => self.refuse(fault),
        };
        pass_headers(&head.headers, response.headers_mut());
        response
    }

    /// The answer when the upstream gave none by the deadline.
    #[must_use]
    pub fn out_of_time(self) -> Response<Bytes> {
        self.refuse(Fault::Time)
    }

    fn tagged(self, mut answer: Response<Bytes>) -> Response<Bytes> {
        if let Some(tag) = EntityTag::of(self.operation, &answer) {
            tag.put(answer.headers_mut());
        }
        answer
    }

    fn refuse(self, fault: Fault) -> Response<Bytes> {
        let refusal = Refusal::Upstream { fault, change: self.operation.is_write() };
        let mut response = refusal.response();
        // For the record; nothing of it is sent.
        response.extensions_mut().insert(fault);
        response
    }

    fn check_body(self, body: &Bytes) -> Result<(), Fault> {
        if body.len() > limits::upstream_body(self.operation) {
            return Err(Fault::TooLarge);
        }
        // RFC 8259 §8.1: UTF-8. The parser looks only at the strings it keeps.
        let text = str::from_utf8(body).map_err(|_| Fault::Unreadable)?;
        serde_json::from_str::<Outer>(text).map(|_| ()).map_err(|_| Fault::Unreadable)
    }
}

fn check_head(head: &Parts) -> Result<(), Fault> {
    match head.status {
        StatusCode::UNAUTHORIZED | StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            return Err(Fault::Token);
        }
        status if status.is_redirection() => return Err(Fault::Redirect),
        status if status.is_informational() => return Err(Fault::Unreadable),
        _ => {}
    }
    let kind = head.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let essence = kind.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") { Ok(()) } else { Err(Fault::Unreadable) }
}

pub(crate) fn pass_headers(from: &HeaderMap, to: &mut HeaderMap) {
    for name in PASSED {
        if let Some(value) = from.get(&name) {
            to.insert(name, value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"success":true,"errors":[],"messages":[],"result":{"users":[]}}"#;

    fn upstream(status: u16, kind: &str, body: &str) -> Response<Bytes> {
        Response::builder()
            .status(status)
            .header("content-type", kind)
            .header("cf-ray", "8f00-TXL")
            .header("retry-after", "30")
            .header("ratelimit", "\"default\";r=50;t=30")
            .header("ratelimit-policy", "\"burst\";q=100;w=60")
            .header("set-cookie", "a=b")
            .header("location", "https://evil.example/")
            .header("server", "cloudflare")
            .header("access-control-allow-origin", "*")
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .unwrap()
    }

    fn code(response: &Response<Bytes>) -> i64 {
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        body["errors"][0]["code"].as_i64().unwrap()
    }

    #[test]
    fn status_body_and_four_headers_pass() {
        for status in [200, 403, 404, 429, 500] {
            let answer = Reply::to(OperationKind::Summary).finish(upstream(
                status,
                "application/json; charset=UTF-8",
                GOOD,
            ));
            assert_eq!(answer.status(), status);
            assert_eq!(answer.body(), GOOD);
            let headers = answer.headers();
            for name in ["cf-ray", "retry-after", "ratelimit", "ratelimit-policy"] {
                assert!(headers.contains_key(name), "{name}");
            }
            for name in ["set-cookie", "location", "server", "access-control-allow-origin"] {
                assert!(!headers.contains_key(name), "{name}");
            }
            assert_eq!(headers["content-type"], "application/json; charset=utf-8");
            assert_eq!(headers["cache-control"], "no-store");
            assert_eq!(headers["x-content-type-options"], "nosniff");
        }
    }

    #[test]
    fn what_is_not_an_answer_is_ours_to_explain() {
        for (status, kind, body, expected) in [
            (302, "application/json", GOOD, 995_021),
            (304, "application/json", GOOD, 995_021),
            (502, "text/html", "<h1>Bad gateway</h1>", 995_022),
            (200, "text/html", GOOD, 995_022),
            (200, "", GOOD, 995_022),
            (200, "application/json", "<html>", 995_022),
            (200, "application/json", &GOOD[..40], 995_022),
            (200, "application/json", "", 995_022),
            (200, "application/json", "\"text\"", 995_022),
            (200, "application/json", "{\"ok\":true}", 995_022),
            (401, "application/json", GOOD, 995_024),
        ] {
            let answer = Reply::to(OperationKind::Behaviors).finish(upstream(status, kind, body));
            assert_eq!(code(&answer), expected, "{status} {kind} {body}");
            assert_eq!(answer.status(), 502);
            assert!(answer.headers().contains_key("cf-ray"));
            assert!(!answer.headers().contains_key("location"));
            assert!(!String::from_utf8_lossy(answer.body()).contains('<'));
        }
        let bytes = [b"{\"success\":true,\"x\":\"".as_slice(), &[0xff], b"\"}"].concat();
        let answer = upstream(200, "application/json", "").map(|_| Bytes::from(bytes));
        assert_eq!(code(&Reply::to(OperationKind::User).finish(answer)), 995_022);
    }

    #[test]
    fn only_the_summary_may_be_large() {
        let large = GOOD.replace("[]", "[        ]").replace("  ", &" ".repeat(3 * 1024 * 1024));
        let finish =
            |kind: OperationKind| Reply::to(kind).finish(upstream(200, "application/json", &large));
        assert_eq!(finish(OperationKind::Summary).status(), 200);
        assert_eq!(code(&finish(OperationKind::User)), 995_023);
    }

    #[test]
    fn no_answer_in_time_leaves_a_change_unknown() {
        let read = Reply::to(OperationKind::Summary).out_of_time();
        let write = Reply::to(OperationKind::ResetUser).out_of_time();
        assert_eq!((read.status(), code(&read)), (StatusCode::GATEWAY_TIMEOUT, 995_041));
        assert_eq!((write.status(), code(&write)), (StatusCode::GATEWAY_TIMEOUT, 995_041));
        assert!(String::from_utf8_lossy(write.body()).contains("Outcome unknown"));
        assert!(!String::from_utf8_lossy(read.body()).contains("Outcome unknown"));
    }
}
