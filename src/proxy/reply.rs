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
//! - a summary larger than [`limits::WHOLE_ANSWER`] is passed on while it comes ([`passing`]); what
//!   its tag stands for is known at its end ([`known`])

mod json;
pub(crate) mod known;
mod passing;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header, response::Parts};
use model::OperationKind;
use serde::Deserialize;

pub use known::Naming;
pub use passing::Passing;

use crate::{
    answer, check,
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

/// Our own, beside the vendor's envelope.
const EXPLANATION: HeaderName = HeaderName::from_static("x-riskdesk-explanation");

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

    /// The answer to what came from upstream; of an answer of our own, the extension is the
    /// [`Fault`].
    #[must_use]
    pub fn finish(self, upstream: Response<Bytes>) -> Response<Bytes> {
        let (head, body) = upstream.into_parts();
        let checked = check_head(&head).and_then(|()| self.check_body(&body));
        let mut response = match checked {
            Ok(()) => self.explained(self.tagged(answer::relayed(head.status, body))),
            Err(fault) => self.refuse(fault),
        };
        pass_headers(&head.headers, response.headers_mut());
        response
    }

    /// Says in words what the vendor's refusal means for whoever runs Riskdesk.
    fn explained(self, mut answer: Response<Bytes>) -> Response<Bytes> {
        let Some(trouble) = check::explain(self.operation, answer.status(), answer.body()) else {
            return answer;
        };
        if let Ok(words) = HeaderValue::try_from(trouble.to_string()) {
            answer.headers_mut().insert(EXPLANATION, words);
        }
        // For the host to log.
        answer.extensions_mut().insert(trouble);
        answer
    }

    /// How much of an answer to read before it is judged. One that ends by then goes to
    /// [`Reply::finish`], a longer one to [`Reply::begin`].
    #[must_use]
    pub fn enough(self, head: &Parts) -> usize {
        if self.is_announced_too_large(head) {
            0
        } else if self.is_passed_on(head.status) {
            limits::WHOLE_ANSWER
        } else {
            limits::LARGE_ANSWER
        }
    }

    fn tagged(self, mut answer: Response<Bytes>) -> Response<Bytes> {
        if let Some(tag) = EntityTag::of(self.operation, &answer) {
            tag.put(answer.headers_mut());
        } else if let Some(tag) = EntityTag::of_content(self.operation, &answer) {
            tag.put_for_reading(answer.headers_mut());
        }
        answer
    }

    /// The answer to one that is longer than [`Reply::enough`], of which `start` is there: how it
    /// begins, and what has a say in the rest.
    ///
    /// # Errors
    /// It is to be no longer, or is no answer: what to answer instead.
    pub fn begin(
        self,
        head: Parts,
        start: &Bytes,
    ) -> Result<(Response<Bytes>, Passing), Box<Response<Bytes>>> {
        let mut passing = Passing::new(limits::upstream_body(self.operation));
        let is_passed_on = self.is_passed_on(head.status) && !self.is_announced_too_large(&head);
        let first = check_head(&head)
            .and_then(|()| if is_passed_on { passing.take(start) } else { Err(Fault::TooLarge) });
        let passed = |mut response: Response<Bytes>| {
            pass_headers(&head.headers, response.headers_mut());
            response
        };
        match first {
            Ok(first) => Ok((passed(answer::relayed(head.status, first)), passing)),
            Err(fault) => Err(Box::new(passed(self.refuse(fault)))),
        }
    }

    /// A length that is announced needs no reading to be refused.
    fn is_announced_too_large(self, head: &Parts) -> bool {
        let length = head.headers.get(header::CONTENT_LENGTH).and_then(|text| text.to_str().ok());
        let length = length.and_then(|text| text.parse::<u64>().ok());
        length.is_some_and(|length| length > limits::upstream_body(self.operation) as u64)
    }

    fn is_passed_on(self, status: StatusCode) -> bool {
        self.operation == OperationKind::Summary && status == StatusCode::OK
    }

    /// The answer where the upstream gave none.
    #[must_use]
    pub fn refuse(self, fault: Fault) -> Response<Bytes> {
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
        // serde takes a list for an object's values in order.
        if !text.trim_start().starts_with('{') {
            return Err(Fault::Unreadable);
        }
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
            (200, "application/json", "[true]", 995_022),
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
    fn f7_a_large_summary_is_passed_on_and_nothing_else_is() {
        let start = Bytes::copy_from_slice(&GOOD.as_bytes()[..60]);
        let begin = |kind: OperationKind, status, start: &Bytes| {
            let (head, _) = upstream(status, "application/json", "").into_parts();
            Reply::to(kind).begin(head, start)
        };
        let (response, mut passing) = begin(OperationKind::Summary, 200, &start).unwrap();
        assert_eq!((response.status(), response.body()), (StatusCode::OK, &start));
        assert_eq!(response.headers()["cf-ray"], "8f00-TXL");
        assert!(!response.headers().contains_key("set-cookie"));
        let rest = Bytes::copy_from_slice(&GOOD.as_bytes()[60..]);
        let mut all = [start.clone(), passing.take(&rest).unwrap()].concat();
        all.extend_from_slice(&passing.finish().unwrap());
        assert_eq!(all, GOOD.as_bytes());

        let (_, passing) = begin(OperationKind::Summary, 200, &start).unwrap();
        assert_eq!(passing.finish(), Err(Fault::Unreadable));
        for (kind, status, start, expected) in [
            (OperationKind::User, 200, &start, 995_023),
            (OperationKind::Summary, 500, &start, 995_023),
            (OperationKind::Summary, 200, &Bytes::from_static(b"<html>"), 995_022),
            (OperationKind::Summary, 302, &start, 995_021),
            (OperationKind::Summary, 401, &start, 995_024),
        ] {
            let refused = begin(kind, status, start).map(|_| ()).unwrap_err();
            assert_eq!((refused.status().as_u16(), code(&refused)), (502, expected));
            assert!(refused.headers().contains_key("cf-ray"));
        }
    }

    #[test]
    fn f7_memory_is_bounded_and_a_length_that_is_announced_is_believed() {
        for (kind, status, length, enough) in [
            (OperationKind::Summary, 200, None, limits::WHOLE_ANSWER),
            (OperationKind::Summary, 200, Some(268_435_456), limits::WHOLE_ANSWER),
            (OperationKind::Summary, 200, Some(268_435_457), 0),
            (OperationKind::Summary, 403, None, limits::LARGE_ANSWER),
            (OperationKind::User, 200, Some(8_388_608), limits::LARGE_ANSWER),
            (OperationKind::User, 200, Some(8_388_609), 0),
        ] {
            let mut head = upstream(status, "application/json", "").into_parts().0;
            if let Some(length) = length {
                head.headers.insert(header::CONTENT_LENGTH, length.into());
            }
            assert_eq!(Reply::to(kind).enough(&head), enough, "{kind:?} {status} {length:?}");
            if enough == 0 {
                let refused = Reply::to(kind).begin(head, &Bytes::new()).map(|_| ()).unwrap_err();
                assert_eq!(code(&refused), 995_023);
            }
        }
    }

    #[test]
    fn f7_the_largest_summary_is_256_mib() {
        let (head, _) = upstream(200, "application/json", "").into_parts();
        let start = Bytes::from_static(b"{");
        let (_, mut passing) = Reply::to(OperationKind::Summary).begin(head, &start).unwrap();
        let blanks = Bytes::from(vec![b' '; 1024 * 1024]);
        for _ in 0..255 {
            assert!(passing.take(&blanks).is_ok());
        }
        assert!(passing.take(&blanks.slice(1..)).is_ok());
        assert_eq!(passing.take(&Bytes::from_static(b" ")), Err(Fault::TooLarge));
    }

    #[test]
    fn no_answer_in_time_leaves_a_change_unknown() {
        let read = Reply::to(OperationKind::Summary).refuse(Fault::Time);
        let write = Reply::to(OperationKind::ResetUser).refuse(Fault::Time);
        assert_eq!((read.status(), code(&read)), (StatusCode::GATEWAY_TIMEOUT, 995_041));
        assert_eq!((write.status(), code(&write)), (StatusCode::GATEWAY_TIMEOUT, 995_041));
        assert!(String::from_utf8_lossy(write.body()).contains("Outcome unknown"));
        assert!(!String::from_utf8_lossy(read.body()).contains("Outcome unknown"));
    }
}
