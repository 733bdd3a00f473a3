//! The one way in. A request, the time and the policy give a [`Verdict`]; [`Gate::decide`] is
//! the whole of it, in order:
//!
//! 1. the address and the headers are plain, and the host is ours
//! 2. the path is one we know, the method one it takes
//! 3. data needs an identity
//! 4. an operation needs a role, and a change needs to come from our own pages
//! 5. query, body, precondition, reason and batch are parsed and written anew
//! 6. the caller has not had its share yet, and the vendor takes requests
//! 7. the upstream request is built from nothing
//!
//! A refusal at any step is the answer, and nothing goes upstream.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{Request, Response, StatusCode, response::Parts};
use model::{AuditQuery, DemoChange, Envelope};
use serde::Serialize;

use crate::{
    access::{self, Entry, RefreshError, Refreshed},
    answer,
    assets::AppPath,
    change::Change,
    demo,
    encoding::Encoding,
    forward::{self, Forward},
    headers,
    host::Host,
    input::{self, IfMatch, Paging, Reason, Seen},
    pace::{Attempts, Next, Traffic},
    plain,
    policy::{self, Policy},
    refusal::{Fault, Refusal},
    reply::{Naming, known::Known},
    route::{self, Route},
};

/// What a host is to do with a request.
#[derive(Debug)]
pub enum Verdict {
    /// Answer this.
    Answer(Response<Bytes>),
    /// Send this upstream and answer what its [`crate::Reply`] makes of the answer.
    Forward(Box<Forward>),
    /// Read these lines of the audit log, and answer with [`crate::audit::page`].
    Audit(AuditQuery),
    /// Set the simulator so, and answer with [`crate::demo::answer`].
    Demo(DemoChange),
    /// Answer with this file of the app: [`crate::assets::answer`].
    App(AppPath),
}

/// The policy, ready to judge.
#[derive(Debug)]
pub struct Gate {
    policy: Policy,
    traffic: Traffic,
    compresses: bool,
    /// What the tags of large answers stand for.
    known: Arc<Known>,
}

/// The result of `/healthz` and `/readyz`.
#[derive(Serialize)]
struct Health {
    status: &'static str,
}

impl Gate {
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        let traffic = Traffic::new(policy.pace);
        Self { policy, traffic, compresses: false, known: Arc::default() }
    }

    /// The same for a host that compresses.
    #[must_use]
    pub fn compressing(self, compresses: bool) -> Self {
        Self { compresses, ..self }
    }

    /// In which form a client is to have its answer.
    #[must_use]
    pub fn encoding(&self, request: &http::HeaderMap) -> Encoding {
        if self.compresses { Encoding::of(request) } else { Encoding::Identity }
    }

    /// What to do with a request that came at `now`, its body read whole.
    pub async fn receive<H: Host>(
        &self,
        host: &H,
        request: &Request<Bytes>,
        now: DateTime<Utc>,
    ) -> Verdict {
        let verdict = self.decide(host, request, now).await;
        verdict.unwrap_or_else(|refusal| Verdict::Answer(refusal.response()))
    }

    /// Fetches the keys of Access: when a host starts, and whenever it is told to by
    /// [`Host::refresh_soon`].
    ///
    /// # Errors
    /// There are no new keys; the old ones stay for a day.
    pub async fn refresh<H: Host>(
        &self,
        host: &H,
        now: DateTime<Utc>,
    ) -> Result<Refreshed, RefreshError> {
        match &self.policy.entry {
            Entry::Demo { .. } => Err(RefreshError::NoAccess),
            Entry::Access(access) => access.refresh(host, now).await,
        }
    }

    /// Puts on an answer what only the settings say: where people come over HTTPS, that they
    /// always do.
    pub fn finish(&self, headers: &mut http::HeaderMap) {
        if self.policy.hosts.is_secure() {
            headers::keep_secure(headers);
        }
    }

    /// What a request is about, for metrics: an operation, another address of ours, or `none`. Never
    /// anything that the request says.
    #[must_use]
    pub fn topic(&self, method: &http::Method, uri: &http::Uri) -> &'static str {
        let Policy { account, entry, .. } = &self.policy;
        let route = route::find(method, uri.path(), account, entry.is_demo());
        route.map_or("none", |route| route.name())
    }

    /// How Access and its keys are; `None` in the demo, which has neither.
    #[must_use]
    pub fn vitals(&self, now: DateTime<Utc>) -> Option<access::Vitals> {
        match &self.policy.entry {
            Entry::Demo { .. } => None,
            Entry::Access(access) => Some(access.vitals(now)),
        }
    }

    /// The answer in place of one from upstream, while the vendor takes no requests: to look at
    /// before each request that is sent.
    #[must_use]
    pub fn hold(&self, now: DateTime<Utc>) -> Option<Response<Bytes>> {
        self.traffic.hold(now).err().map(|refusal| refusal.response())
    }

    /// What to do after an attempt: the head of its answer, or why there is none. `left` is what
    /// is left of the request's time.
    ///
    /// A 429 is taken note of for all callers, and its `Retry-After` written in seconds.
    pub fn after(
        &self,
        attempts: &mut Attempts,
        outcome: Result<&mut Parts, Fault>,
        left: Duration,
        now: DateTime<Utc>,
    ) -> Next {
        self.traffic.after(attempts, outcome, left, now)
    }

    async fn decide<H: Host>(
        &self,
        host: &H,
        request: &Request<Bytes>,
        now: DateTime<Utc>,
    ) -> Result<Verdict, Refusal> {
        let Policy { account, entry, hosts, upstream, require_reason, pace: _ } = &self.policy;
        let (uri, headers) = (request.uri(), request.headers());

        // An absolute address (RFC 9112 §3.2.2) would be a second opinion on the host.
        if uri.authority().is_some() {
            return Err(Refusal::Address);
        }
        plain::check(headers)?;
        let own = hosts.check(headers)?;

        let operation = match route::find(request.method(), uri.path(), account, entry.is_demo())? {
            Route::Health => return Ok(success(Health { status: "ok" })),
            Route::Ready if !entry.is_ready(host, now).await => return Err(Refusal::NoKeys),
            Route::Ready if !host.can_record().await => return Err(Refusal::NotRecording),
            Route::Ready => return Ok(success(Health { status: "ready" })),
            Route::App(path) => return Ok(Verdict::App(path)),
            Route::Whoami => {
                input::no_query(uri.query())?;
                let identity = access::identify(entry, host, headers, now).await?;
                return Ok(success(identity.whoami(account)));
            }
            Route::Audit => {
                let identity = access::identify(entry, host, headers, now).await?;
                policy::may_audit(&identity)?;
                return input::audit(uri.query()).map(Verdict::Audit);
            }
            Route::Demo => {
                let identity = access::identify(entry, host, headers, now).await?;
                return demo::change(&identity, request, &own).map(Verdict::Demo);
            }
            Route::Operation(operation) => operation,
        };

        let identity = access::identify(entry, host, headers, now).await?;
        let permit = policy::permit(identity, operation, headers, &own)?;

        let kind = permit.operation().kind();
        let paging = Paging::parse(kind, uri.query())?;
        let body = input::body(kind.spec().body, headers, request.body())?;
        let if_match = IfMatch::parse(kind, headers)?;
        let change = if kind.is_write() {
            let reason = Reason::parse(headers)?;
            if *require_reason && reason.is_none() {
                return Err(Refusal::NoReason);
            }
            let batch = input::batch(headers)?;
            Some(Change::new(&permit, reason, batch, if_match, now))
        } else {
            None
        };

        self.traffic.admit(permit.identity(), now)?;
        let forward = forward::build(
            &permit,
            account,
            upstream,
            paging,
            body,
            change,
            Naming::new(&self.known, now),
        )?;
        let seen =
            if kind.is_write() { Seen::default() } else { Seen::parse(headers, &self.known) };
        Ok(Verdict::Forward(Box::new(Forward {
            seen,
            encoding: self.encoding(headers),
            ..forward
        })))
    }
}

fn success<T: Serialize>(result: T) -> Verdict {
    Verdict::Answer(answer::json(StatusCode::OK, &Envelope::success(result)))
}

#[cfg(test)]
#[path = "gate_tests.rs"]
mod tests;
