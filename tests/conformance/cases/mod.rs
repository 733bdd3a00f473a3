//! The abuse cases as data, by the letters of their catalogue:
//!
//! | letter | file | what |
//! |---|---|---|
//! | J | `signature`, `header`, `claims`, `place` | assertions; J7 is in the proxy's `wycheproof` |
//! | P | `path` | addresses, queries, methods |
//! | H | `headers`, and `place` for H1 and H2 | headers that others may read otherwise |
//! | C | `origin` | other sites' pages |
//! | B, D, L | `body` | what a change may hold: those that are one request |
//! | H6, H7, P, L | `wire` | bytes that are no request, or could be read as two |
//!
//! Every request is an admin's with a good assertion, unless the case is about that: what is
//! refused is refused for the one thing that is wrong with it.

mod body;
mod claims;
mod header;
mod headers;
mod origin;
mod path;
mod place;
mod signature;
mod wire;

use serde_json::Value;

use crate::{
    ADMIN, Case, ID, RISK, Request, Sent, VIEWER, Verdict,
    mint::{self, Issuer, key},
};

pub use wire::malformed;

const HEADER: &str = "cf-access-jwt-assertion";

/// Every case that is a request, for assertions that `issuer` would make.
#[must_use]
pub fn all(issuer: &Issuer) -> Vec<Case> {
    let mut table = Table::new(issuer);
    signature::nothing_or_no_signature(&mut table, issuer);
    header::headers(&mut table, issuer);
    claims::claims(&mut table, issuer);
    header::form(&mut table, issuer);
    place::keys(&mut table, issuer);
    place::places(&mut table, issuer);
    claims::subjects(&mut table, issuer);
    path::paths(&mut table);
    path::queries(&mut table);
    path::methods(&mut table);
    headers::headers(&mut table);
    origin::origins(&mut table);
    body::bodies(&mut table);
    table.cases
}

/// An admin's request; `{R}` is the service's path, `{ID}` an identifier.
#[must_use]
pub fn request(issuer: &Issuer, line: &str) -> Request {
    plain(line).with(HEADER, good(issuer))
}

fn plain(line: &str) -> Request {
    Request::new(&line.replace("{R}", RISK).replace("{ID}", ID))
}

/// The cases so far, and the assertions that most of them carry.
struct Table {
    cases: Vec<Case>,
    admin: String,
    viewer: String,
    service: String,
}

impl Table {
    fn new(issuer: &Issuer) -> Self {
        Self {
            cases: Vec::new(),
            admin: good(issuer),
            viewer: key().assertion(&issuer.user(VIEWER)),
            service: key().assertion(&issuer.service(mint::SERVICE)),
        }
    }

    /// A request with an assertion of its own, or with none: as a read, as a change and as a
    /// question who one is.
    fn sent(
        &mut self,
        id: &'static str,
        what: impl Into<String>,
        headers: Vec<(&'static str, String)>,
        status: u16,
    ) {
        let what = what.into();
        let code = match status {
            400 => 994_008,
            401 => 994_011,
            _ => 994_034,
        };
        for line in ["GET {R}/summary", "POST {R}/{ID}/reset", "GET /api/v1/whoami"] {
            let request =
                headers.iter().fold(plain(line).from_own_page(), |request, (name, value)| {
                    request.with(name, value)
                });
            self.push(id, format!("{what}: {line}"), request, Verdict::Refused(status, code));
        }
    }

    fn add(&mut self, id: &'static str, what: impl Into<String>, assertion: String) {
        self.sent(id, what, vec![(HEADER, assertion)], 401);
    }

    /// An admin's request.
    fn admin(&self, line: &str) -> Request {
        plain(line).with(HEADER, &self.admin)
    }

    fn viewer(&self, line: &str) -> Request {
        plain(line).with(HEADER, &self.viewer)
    }

    fn service(&self, line: &str) -> Request {
        plain(line).with(HEADER, &self.service)
    }

    /// Refused with this code, which holds the status.
    fn refused(&mut self, id: &'static str, what: impl Into<String>, request: Request, code: i64) {
        let status = u16::try_from(code / 10 % 1000).expect("a status has three digits");
        self.push(id, what, request, Verdict::Refused(status, code));
    }

    /// Goes upstream as `METHOD {R}/…`.
    fn forwarded(&mut self, id: &'static str, what: impl Into<String>, request: Request, to: &str) {
        let to = to.replace("{R}", RISK).replace("{ID}", ID);
        self.push(id, what, request, Verdict::Forwarded(to));
    }

    fn answered(&mut self, id: &'static str, request: Request, status: u16) {
        let what = format!("{} {}", request.method, request.target);
        self.push(id, what, request, Verdict::Answered(status));
    }

    fn push(
        &mut self,
        id: &'static str,
        what: impl Into<String>,
        request: Request,
        verdict: Verdict,
    ) {
        let (what, sent) = (what.into(), Sent::Request(request));
        self.cases.push(Case { id, what, sent, jwks: None, verdict, carries: &[] });
    }

    /// What the answer to the last case must carry.
    fn carrying(&mut self, carries: &'static [(&'static str, &'static str)]) {
        self.cases.last_mut().expect("there is a last one").carries = carries;
    }
}

fn admin(issuer: &Issuer) -> Value {
    issuer.user(ADMIN)
}

fn good(issuer: &Issuer) -> String {
    key().assertion(&admin(issuer))
}
