//! The one way in. A request, the time and the policy give a [`Verdict`]; [`Gate::decide`] is
//! the whole of it, in order:
//!
//! 1. the address is plain and the host is ours
//! 2. the path is one we know, the method one it takes
//! 3. data needs an identity
//! 4. an operation needs a role, and a change needs to come from our own pages
//! 5. query, body and reason are parsed and written anew
//! 6. the upstream request is built from nothing
//!
//! A refusal at any step is the answer, and nothing goes upstream.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{Request, Response, StatusCode};
use model::Envelope;
use serde::Serialize;

use crate::{
    access, answer,
    assets::AppPath,
    change::Change,
    forward::{self, Forward},
    input::{self, Paging, Reason},
    policy::{self, Policy},
    refusal::Refusal,
    route::{self, Route},
};

/// What a host is to do with a request.
#[derive(Debug)]
pub enum Verdict {
    /// Answer this.
    Answer(Response<Bytes>),
    /// Send this upstream and answer what its [`crate::Reply`] makes of the answer.
    Forward(Box<Forward>),
    /// Answer with this file of the app: [`crate::assets::answer`].
    App(AppPath),
}

/// The policy, ready to judge.
#[derive(Clone, Debug)]
pub struct Gate {
    policy: Policy,
}

/// The result of `/healthz` and `/readyz`.
#[derive(Serialize)]
struct Health {
    status: &'static str,
}

impl Gate {
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self { policy }
    }

    /// What to do with a request that came at `now`, its body read whole.
    #[must_use]
    pub fn receive(&self, request: &Request<Bytes>, now: DateTime<Utc>) -> Verdict {
        let verdict = self.decide(request, now);
        verdict.unwrap_or_else(|refusal| Verdict::Answer(refusal.response()))
    }

    fn decide(&self, request: &Request<Bytes>, now: DateTime<Utc>) -> Result<Verdict, Refusal> {
        let Policy { account, entry, hosts, upstream } = &self.policy;
        let (uri, headers) = (request.uri(), request.headers());

        // An absolute address (RFC 9112 §3.2.2) would be a second opinion on the host.
        if uri.authority().is_some() {
            return Err(Refusal::Address);
        }
        let host = hosts.check(headers)?;

        let operation = match route::find(request.method(), uri.path(), account)? {
            Route::Health => return Ok(success(Health { status: "ok" })),
            Route::Ready => return Ok(success(Health { status: "ready" })),
            Route::App(path) => return Ok(Verdict::App(path)),
            Route::Whoami => {
                input::no_query(uri.query())?;
                return Ok(success(access::verify(entry).whoami(account)));
            }
            Route::Operation(operation) => operation,
        };

        let identity = access::verify(entry);
        let permit = policy::permit(identity, operation, headers, &host)?;

        let kind = permit.operation().kind();
        let paging = Paging::parse(kind, uri.query())?;
        let body = input::body(kind.spec().body, headers, request.body())?;
        let change = if kind.is_write() {
            Some(Change::new(&permit, Reason::parse(headers)?, now))
        } else {
            None
        };

        let forward = forward::build(&permit, account, upstream, paging, body, change)?;
        Ok(Verdict::Forward(Box::new(forward)))
    }
}

fn success<T: Serialize>(result: T) -> Verdict {
    Verdict::Answer(answer::json(StatusCode::OK, &Envelope::success(result)))
}

#[cfg(test)]
#[path = "gate_tests.rs"]
mod tests;
