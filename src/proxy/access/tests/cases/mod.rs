//! Abuse cases J1 to J24, H1 and H2, as data: what to send and the status it must get, with
//! nothing sent upstream. J7 is in `wycheproof`.

mod claims;
mod header;
mod place;
mod signature;

use serde_json::Value;

use super::mint::{Issuer, key};

pub struct Case {
    pub id: &'static str,
    pub what: String,
    pub headers: Vec<(&'static str, String)>,
    /// What Access publishes, if it isn't the one good key.
    pub jwks: Option<String>,
    pub status: u16,
}

const HEADER: &str = "cf-access-jwt-assertion";

/// Every case, for assertions that `issuer` would make.
pub fn all(issuer: &Issuer) -> Vec<Case> {
    let mut table = Table { cases: Vec::new() };
    signature::nothing_or_no_signature(&mut table, issuer);
    header::headers(&mut table, issuer);
    claims::claims(&mut table, issuer);
    header::form(&mut table, issuer);
    place::keys(&mut table, issuer);
    place::places(&mut table, issuer);
    claims::subjects(&mut table, issuer);
    table.cases
}

struct Table {
    cases: Vec<Case>,
}

impl Table {
    fn add(&mut self, id: &'static str, what: impl Into<String>, assertion: String) {
        self.sent(id, what, vec![(HEADER, assertion)], 401);
    }

    fn sent(
        &mut self,
        id: &'static str,
        what: impl Into<String>,
        headers: Vec<(&'static str, String)>,
        status: u16,
    ) {
        self.cases.push(Case { id, what: what.into(), headers, jwks: None, status });
    }
}

fn admin(issuer: &Issuer) -> Value {
    issuer.user("admin@corp.example")
}

fn good(issuer: &Issuer) -> String {
    key().assertion(&admin(issuer))
}
