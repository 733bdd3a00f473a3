//! A host without sockets: it publishes the keys that a test wants, and counts what is asked of it.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use http::{HeaderValue, Request, Response, Uri};

use conformance::{
    ACCOUNT, ADMIN, Answer, Call, HOSTILE, PUBLIC_URL, Request as Wanted, Sent, TOKEN,
    mint::{self, AUD, Issuer, SERVICE},
};

use super::signature;
use crate::{
    ApiToken, Entry, Gate, Host, Hosts, Pace, Policy, Refusal, Upstream, Verdict,
    access::{Access, Expected, Roles, RsaKey, Vitals},
    assets::{self, Asset},
    audit, limits,
    testing::ready,
};

const TEAM: &str = "https://acme.cloudflareaccess.com";
const CERTS: &str = "https://acme.cloudflareaccess.com/cdn-cgi/access/certs";

pub const SUMMARY: &str =
    "GET /client/v4/accounts/0123456789abcdef0123456789abcdef/zt_risk_scoring/summary";
pub const RESET: &str = "POST /client/v4/accounts/0123456789abcdef0123456789abcdef/zt_risk_scoring/9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10/reset";
pub const WHOAMI: &str = "GET /api/v1/whoami";

/// The app, as far as it matters here.
const APP: [Asset; 1] =
    [Asset { name: "index.html", digest: "d", raw: b"<!doctype html>", br: None, gzip: None }];

pub struct Site {
    gate: Gate,
    pub now: Cell<DateTime<Utc>>,
    /// What is published; nothing is an Access that doesn't answer.
    pub published: RefCell<Option<String>>,
    pub fetches: Cell<u32>,
    pub checks: Cell<u32>,
    /// How often a request waited for keys.
    pub pauses: Cell<u32>,
    /// Whether changes can be put on record.
    pub records: Cell<bool>,
    wanted: Cell<bool>,
    calls: RefCell<Vec<Call>>,
}

/// What came of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It goes upstream.
    Forwarded,
    /// Status, and the code of a refusal.
    Answered(u16, i64),
}

impl Site {
    pub fn new() -> Self {
        let list = |text: &str| text.split(' ').map(|member| member.parse().unwrap()).collect();
        let roles = Roles {
            admins: list(&format!("{ADMIN} group:SecOps")),
            operators: list(&format!("service:{SERVICE}")),
            viewers: list("@corp.example"),
        };
        let expected = Expected {
            issuer: TEAM.to_owned(),
            audiences: vec!["another".to_owned(), AUD.to_owned()],
            groups_claim: Some("groups".to_owned()),
        };
        let policy = Policy {
            account: ACCOUNT.parse().unwrap(),
            entry: Entry::Access(Box::new(Access::new(Uri::from_static(CERTS), expected, roles))),
            hosts: Hosts::public(&Uri::from_static(PUBLIC_URL)),
            upstream: Upstream {
                base: Uri::from_static("https://api.example/client/v4"),
                token: ApiToken::new(TOKEN).unwrap(),
            },
            require_reason: false,
            pace: Pace::FREE,
        };
        Self {
            gate: Gate::new(policy),
            now: Cell::new(DateTime::from_timestamp(1_790_000_000, 0).unwrap()),
            published: RefCell::new(Some(mint::jwks(&[mint::key().jwk()]))),
            fetches: Cell::default(),
            checks: Cell::default(),
            pauses: Cell::default(),
            records: Cell::new(true),
            wanted: Cell::default(),
            calls: RefCell::default(),
        }
    }

    pub fn issuer(&self) -> Issuer {
        Issuer { url: TEAM.to_owned(), now: self.now.get().timestamp() }
    }

    pub fn publish(&self, jwks: String) {
        self.published.replace(Some(jwks));
    }

    pub fn pass(&self, time: TimeDelta) {
        self.now.set(self.now.get() + time);
    }

    /// What comes of `METHOD PATH` with these headers, beside those of our own page.
    pub fn ask(&self, line: &str, headers: &[(&str, &str)]) -> Outcome {
        match self.verdict(line, headers) {
            Verdict::Forward(_) => Outcome::Forwarded,
            Verdict::Answer(response) => {
                let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
                let code = body["errors"][0]["code"].as_i64().unwrap_or_default();
                assert!(!body.to_string().contains("canary"));
                Outcome::Answered(response.status().as_u16(), code)
            }
            Verdict::App(_) | Verdict::Audit(_) | Verdict::Demo(_) => {
                panic!("{line} is an operation")
            }
        }
    }

    pub fn verdict(&self, line: &str, headers: &[(&str, &str)]) -> Verdict {
        let (method, path) = line.split_once(' ').unwrap();
        let mut request = Request::builder().method(method).uri(path).header("host", "localhost");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let own_page = [("x-requested-with", "XMLHttpRequest"), ("sec-fetch-site", "same-origin")];
        for (name, value) in own_page {
            request = request.header(name, value);
        }
        self.receive(&request.body(Bytes::new()).unwrap())
    }

    fn receive(&self, request: &Request<Bytes>) -> Verdict {
        let verdict = ready(self.gate.receive(self, request, self.now.get()));
        ready(self.background());
        verdict
    }

    /// What a host makes of a request: it reads the body, asks the gate, sends what the gate says.
    fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        if request.body().len() > limits::REQUEST_BODY {
            return Refusal::BodySize.response();
        }
        match self.receive(request) {
            Verdict::Answer(response) => response,
            Verdict::App(path) => assets::answer(&APP, &path, request.method(), request.headers()),
            Verdict::Audit(query) => audit::page(&query, Vec::new()),
            Verdict::Demo(_) => panic!("it is the demo's alone"),
            Verdict::Forward(forward) => {
                let look = forward.change.as_ref().and_then(|change| change.look.as_ref());
                for sent in look.into_iter().chain([&forward.request]) {
                    self.calls.borrow_mut().push(call(sent));
                }
                forward.reply.finish(vendor())
            }
        }
    }

    /// The host's own task.
    async fn background(&self) {
        if self.wanted.take() {
            // A fetch that fails is counted, and that is all there is to say of it here.
            let _ = self.gate.refresh(self, self.now.get()).await;
        }
    }

    pub fn vitals(&self) -> Vitals {
        self.gate.vitals(self.now.get()).expect("there is an Access")
    }

    /// What comes of asking who one is, with this assertion.
    pub fn admit(&self, assertion: &str) -> u16 {
        match self.ask(WHOAMI, &[("cf-access-jwt-assertion", assertion)]) {
            Outcome::Answered(status, _) => status,
            Outcome::Forwarded => panic!("whoami is ours to answer"),
        }
    }
}

impl conformance::Host for Site {
    fn send(&self, sent: &Sent) -> Option<Answer> {
        let Sent::Request(request) = sent else { return None };
        let response = self.answer(&request_of(request)?);
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = response.headers().iter();
        let headers = headers.map(|(name, value)| (name.as_str().to_owned(), text(value)));
        Some(Answer {
            status: response.status().as_u16(),
            headers: headers.collect(),
            body: response.body().to_vec(),
        })
    }

    fn calls(&self) -> Vec<Call> {
        self.calls.take()
    }

    fn keyed(&self, jwks: &str) -> Option<Box<dyn conformance::Host>> {
        let site = Self::new();
        site.publish(jwks.to_owned());
        Some(Box::new(site))
    }
}

/// The request, if it can be one at all.
fn request_of(wanted: &Wanted) -> Option<Request<Bytes>> {
    let mut request = Request::builder().method(wanted.method.as_str()).uri(&wanted.target);
    for (name, value) in &wanted.headers {
        request = request.header(*name, HeaderValue::from_bytes(value).ok()?);
    }
    request.body(Bytes::copy_from_slice(&wanted.body)).ok()
}

fn call(sent: &Request<Bytes>) -> Call {
    let path = sent.uri().path_and_query().unwrap();
    let text = |value: &HeaderValue| value.to_str().unwrap().to_owned();
    let headers = sent.headers().iter();
    Call {
        line: format!("{} {path}", sent.method()),
        headers: headers.map(|(name, value)| (name.as_str().to_owned(), text(value))).collect(),
        body: String::from_utf8_lossy(sent.body()).into_owned(),
    }
}

/// An answer that says more than it should.
fn vendor() -> Response<Bytes> {
    let mut response = Response::builder().header("content-type", "application/json");
    for (name, value) in HOSTILE {
        response = response.header(name, value);
    }
    let body = r#"{"success":true,"errors":[],"messages":[],"result":{}}"#;
    response.body(Bytes::from_static(body.as_bytes())).unwrap()
}

impl Host for Site {
    async fn is_signed(&self, key: &RsaKey, message: &[u8], signature: &[u8]) -> bool {
        self.checks.set(self.checks.get() + 1);
        signature::Keys::default().is_good(key.modulus(), key.exponent(), message, signature)
    }

    async fn fetch_keys(&self, url: &Uri) -> Option<Bytes> {
        assert_eq!(url, CERTS, "keys come from Access and from nowhere else");
        self.fetches.set(self.fetches.get() + 1);
        self.published.borrow().clone().map(Bytes::from)
    }

    fn refresh_soon(&self) {
        assert!(!self.wanted.replace(true), "one fetch at a time");
    }

    async fn can_record(&self) -> bool {
        self.records.get()
    }

    async fn pause(&self, _: Duration) {
        self.pauses.set(self.pauses.get() + 1);
        self.background().await;
    }
}
