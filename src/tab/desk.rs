//! One request, through gate, simulator and log.

use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use http::{HeaderValue, Request, Response, Uri, header};
use model::{DemoChange, Role};
use proxy::{
    ApiToken, Change, Forward, Gate, Hosts, Pace, Policy, Verdict, access::RsaKey, assets, headers,
    refusal::Fault,
};
use sim::Sim;
use store::{Draft, Log};
use uuid::Builder;

use crate::journal::Entry;

/// The demo's account; the simulator answers to any.
const ACCOUNT: &str = "de30acc0de30acc0de30acc0de30acc0";

/// The gate puts it in and the simulator asks for it, as with the real one. It opens nothing.
const TOKEN: &str = "demo";

/// What the demo is like.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub users: usize,
    pub seed: u64,
    pub role: Role,
    /// When the tab began: the account's times lie before it.
    pub since: DateTime<Utc>,
}

/// All that a server would hold.
#[derive(Debug)]
pub struct Desk {
    gate: Gate,
    sim: Sim,
    log: Log,
    since: DateTime<Utc>,
    /// How many requests there were.
    number: u64,
    /// How many the simulator has answered.
    answered: u64,
}

/// An answer that is due.
#[derive(Debug)]
pub struct Pending {
    pub answer: Response<Bytes>,
    pub after: Duration,
    /// For the page to keep, if the request was for a change.
    pub entry: Option<Entry>,
    /// What goes on record when it is answered.
    outcome: Option<Draft>,
}

/// What the gate needs of a host that has no keys to fetch, and whose log is always there.
struct Host;

impl proxy::Host for Host {
    async fn is_signed(&self, _: &RsaKey, _: &[u8], _: &[u8]) -> bool {
        false
    }

    async fn fetch_keys(&self, _: &Uri) -> Option<Bytes> {
        None
    }

    fn refresh_soon(&self) {}

    async fn can_record(&self) -> bool {
        true
    }

    async fn pause(&self, _: Duration) {}
}

impl Desk {
    /// # Errors
    /// The demo's own account or token is none; a test makes one.
    pub fn new(settings: Settings) -> Result<Self, String> {
        let Settings { users, seed, role, since } = settings;
        let policy = Policy {
            account: ACCOUNT.parse().map_err(|error| format!("{error}"))?,
            entry: proxy::Entry::Demo { role },
            hosts: Hosts::local(([127, 0, 0, 1], 80).into()),
            upstream: proxy::Upstream {
                base: Uri::from_static("/client/v4"),
                token: ApiToken::new(TOKEN).map_err(|error| error.to_string())?,
            },
            require_reason: false,
            pace: Pace::FREE,
        };
        let sim = sim::Settings {
            users,
            seed,
            scenario: sim::Scenario::Morning,
            token: Some(TOKEN.to_owned()),
        };
        Ok(Self {
            gate: Gate::new(policy),
            sim: Sim::new(sim, since).without_rate_limit(),
            log: Log::default(),
            since,
            number: 0,
            answered: 0,
        })
    }

    /// Makes the changes that a page of this tab made before.
    pub fn replay(&mut self, journal: &[Entry]) {
        for entry in journal {
            let Some(request) = entry.request() else { continue };
            while self.answered < entry.answered {
                // Any request will do: its answer is of no interest.
                self.ask(&Request::default(), entry.at);
            }
            self.number = entry.number;
            let pending = self.receive(request, entry.at);
            self.settle(&pending);
        }
    }

    /// A request of the page, and what to answer when. What is not [settled](Self::settle) is under
    /// way.
    pub fn receive(&mut self, mut request: Request<Bytes>, now: DateTime<Utc>) -> Pending {
        let number = self.number;
        self.number += 1;
        let kept = Entry::new(&request, number, self.answered, now);
        // There is no network in between that could have sent it from elsewhere, and no browser
        // that would say so.
        let origin = HeaderValue::from_static("http://localhost");
        request.headers_mut().insert(header::HOST, HeaderValue::from_static("localhost"));
        request.headers_mut().insert(header::ORIGIN, origin);

        let id = self.id(number);
        // The host does nothing that takes time.
        let verdict = self.gate.receive(&Host, &request, now).now_or_never();
        let mut pending = match verdict {
            Some(Verdict::Answer(answer)) => at_once(answer),
            Some(Verdict::Audit(query)) => {
                at_once(proxy::audit::page(&query, self.log.page(&query, now)))
            }
            Some(Verdict::Demo(change)) => {
                let set = at_once(proxy::demo::answer(self.sim.set(change, now)));
                Pending { entry: (change != DemoChange::default()).then_some(kept), ..set }
            }
            Some(Verdict::Forward(mut forward)) => match forward.change.take() {
                Some(change) => {
                    let made = self.change(*forward, &change, &id, now);
                    Pending { entry: Some(kept), ..made }
                }
                None => self.read(&forward, now),
            },
            // The files are the static host's, which has no need to ask here.
            Some(Verdict::App(path)) => {
                at_once(assets::answer(&[], &path, request.method(), request.headers()))
            }
            None => at_once(Response::default()),
        };
        headers::name_request(pending.answer.headers_mut(), &id);
        pending
    }

    /// The answer has been given.
    pub fn settle(&mut self, pending: &Pending) {
        if let Some(outcome) = &pending.outcome {
            self.log.append(outcome);
        }
    }

    fn read(&mut self, forward: &Forward, now: DateTime<Utc>) -> Pending {
        let (answer, after) = self.send(forward, now);
        Pending { answer: forward.seen.shorten(answer), after, entry: None, outcome: None }
    }

    /// In the order that [`proxy::audit`] says. Nothing else happens meanwhile, so there are no
    /// turns to wait for.
    fn change(
        &mut self,
        forward: Forward,
        change: &Change,
        id: &str,
        now: DateTime<Utc>,
    ) -> Pending {
        let look = change.look.as_ref().map(|look| {
            let (answer, after) = self.ask(look, now);
            if after > change.look_time() { Err(Fault::Time) } else { Ok(answer) }
        });
        let found = match change.compare(look) {
            Ok(found) => found,
            Err(answer) => return at_once(*answer),
        };
        let intent = self.log.append(&Draft::Intent(change.intent(id, found))).seq;
        let (answer, after) = self.send(&forward, now);
        let outcome = change.outcome(&answer, now + after);
        let outcome = Some(Draft::Outcome { intent, outcome });
        Pending { answer, after, entry: None, outcome }
    }

    /// What the proxy makes of the simulator's answer, and when.
    fn send(&mut self, forward: &Forward, now: DateTime<Utc>) -> (Response<Bytes>, Duration) {
        let (answer, after) = self.ask(&forward.request, now);
        if after > forward.deadline {
            (forward.reply.refuse(Fault::Time), forward.deadline)
        } else {
            (forward.reply.finish(answer), after)
        }
    }

    fn ask(&mut self, request: &Request<Bytes>, now: DateTime<Utc>) -> (Response<Bytes>, Duration) {
        self.answered += 1;
        let answer = self.sim.answer(request, now);
        (answer.response, answer.delay)
    }

    /// A UUID of the version that is for one's own ways of making them (RFC 9562 §5.8).
    fn id(&self, number: u64) -> String {
        let since = self.since.timestamp_millis().unsigned_abs();
        let bytes = uuid::Uuid::from_u64_pair(since, number).into_bytes();
        Builder::from_custom_bytes(bytes).into_uuid().to_string()
    }
}

fn at_once(answer: Response<Bytes>) -> Pending {
    Pending { answer, after: Duration::ZERO, entry: None, outcome: None }
}
