//! The six steps of a change, as [`crate::audit`] says them, on any host.

use std::{future::Future, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{Request, Response, StatusCode};
use model::{AuditIntent, AuditOutcome};

use crate::{
    change::Change,
    forward::Forward,
    limits,
    refusal::{Fault, Refusal},
    turns::Turns,
};

/// What a change needs of its host. Of the futures the same holds as of [`crate::Host`]'s.
pub trait Desk {
    /// What the host knows an intent by that it has written.
    type Written;

    /// Who changes what right now, here.
    fn turns(&self) -> &Turns;

    fn now(&self) -> DateTime<Utc>;

    /// What the future gives, if it does within `time`.
    fn within<F: Future>(
        &self,
        time: Duration,
        future: F,
    ) -> impl Future<Output = Option<F::Output>>;

    /// What is there, as it comes from upstream within `time`.
    fn look(
        &self,
        request: &Request<Bytes>,
        time: Duration,
    ) -> impl Future<Output = Result<Response<Bytes>, Fault>>;

    /// Writes an intent durably; nothing where that can't be done.
    fn intend(&self, intent: &AuditIntent) -> impl Future<Output = Option<Self::Written>>;

    /// Sends the change, and makes the answer of what comes back.
    fn send(&self, forward: &Forward) -> impl Future<Output = Response<Bytes>>;

    /// Writes the outcome, which was answered with `status`. Where that can't be done, all the
    /// same: the change is made and its author must hear of it; on record its outcome stays
    /// unknown.
    fn conclude(
        &self,
        written: Self::Written,
        intent: AuditIntent,
        outcome: AuditOutcome,
        status: StatusCode,
    ) -> impl Future<Output = ()>;
}

/// Makes a change and puts it on record; the answer is its author's. It must be seen through even
/// when whoever asked for it hangs up.
pub async fn make(
    desk: &impl Desk,
    request_id: &str,
    forward: &Forward,
    change: &Change,
) -> Response<Bytes> {
    let turn = desk.turns().take(change.subject.as_ref());
    let Some(_turn) = desk.within(limits::TURN_TIME, turn).await else {
        return Refusal::NoTurn.response();
    };
    let look = match &change.look {
        Some(look) => Some(desk.look(look, change.look_time()).await),
        None => None,
    };
    let found = match change.compare(look) {
        Ok(found) => found,
        Err(answer) => return *answer,
    };
    let intent = change.intent(request_id, found);
    let Some(written) = desk.intend(&intent).await else {
        return Refusal::NoRecord.response();
    };
    let answer = desk.send(forward).await;
    let outcome = change.outcome(&answer, desk.now());
    desk.conclude(written, intent, outcome, answer.status()).await;
    answer
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, pin::pin};

    use http::Uri;
    use model::{AuditState, Role};

    use super::*;
    use crate::{
        ApiToken, Entry, Gate, Hosts, Pace, Policy, Upstream, Verdict,
        testing::{NoHost, at_once, ready},
    };

    /// A desk that takes down what it is asked for.
    struct Clerk {
        turns: Turns,
        can_write: bool,
        steps: RefCell<Vec<&'static str>>,
    }

    impl Clerk {
        fn new(can_write: bool) -> Self {
            Self { turns: Turns::default(), can_write, steps: RefCell::default() }
        }

        fn step(&self, step: &'static str) {
            self.steps.borrow_mut().push(step);
        }
    }

    fn levels(level: &str) -> Response<Bytes> {
        let body = format!(
            r#"{{"success":true,"result":{{"behaviors":{{"a":{{"enabled":true,"risk_level":"{level}"}}}}}}}}"#
        );
        let answer = Response::builder().header("content-type", "application/json");
        answer.body(Bytes::from(body)).unwrap()
    }

    impl Desk for Clerk {
        type Written = ();

        fn turns(&self) -> &Turns {
            &self.turns
        }

        fn now(&self) -> DateTime<Utc> {
            DateTime::UNIX_EPOCH
        }

        async fn within<F: Future>(&self, _: Duration, future: F) -> Option<F::Output> {
            // Time passes where the future waits.
            at_once(pin!(future))
        }

        async fn look(&self, _: &Request<Bytes>, _: Duration) -> Result<Response<Bytes>, Fault> {
            self.step("look");
            Ok(levels("low"))
        }

        async fn intend(&self, intent: &AuditIntent) -> Option<()> {
            self.step("intend");
            assert!(intent.before.is_some());
            self.can_write.then_some(())
        }

        async fn send(&self, _: &Forward) -> Response<Bytes> {
            self.step("send");
            levels("high")
        }

        async fn conclude(&self, (): (), _: AuditIntent, outcome: AuditOutcome, _: StatusCode) {
            self.step("conclude");
            assert_eq!(outcome.state, AuditState::Succeeded);
        }
    }

    /// Has a change of behaviors made; the answer's status.
    fn put(clerk: &Clerk, if_match: Option<&str>) -> u16 {
        let gate = Gate::new(Policy {
            account: "0123456789abcdef0123456789abcdef".parse().unwrap(),
            entry: Entry::Demo { role: Role::Admin },
            hosts: Hosts::local("127.0.0.1:8787".parse().unwrap()),
            upstream: Upstream {
                base: Uri::from_static("https://api.example/client/v4"),
                token: ApiToken::new("token").unwrap(),
            },
            require_reason: false,
            pace: Pace::FREE,
        });
        let path = "/client/v4/accounts/0123456789abcdef0123456789abcdef/zt_risk_scoring/behaviors";
        let request = Request::put(path)
            .header("host", "127.0.0.1:8787")
            .header("x-requested-with", "XMLHttpRequest")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "application/json");
        let request = match if_match {
            Some(tag) => request.header("if-match", tag),
            None => request,
        };
        let body = r#"{"behaviors":{"a":{"enabled":true,"risk_level":"high"}}}"#;
        let request = request.body(Bytes::from(body)).unwrap();
        let verdict = ready(gate.receive(&NoHost, &request, DateTime::UNIX_EPOCH));
        let Verdict::Forward(mut forward) = verdict else { panic!("{verdict:?}") };
        let change = forward.change.take().unwrap();
        ready(make(clerk, "1", &forward, &change)).status().as_u16()
    }

    #[test]
    fn no_record_no_change_and_no_step_out_of_turn() {
        let good = Clerk::new(true);
        assert_eq!(put(&good, None), 200);
        assert_eq!(good.steps.take(), ["look", "intend", "send", "conclude"]);
        assert_eq!(put(&good, Some("\"other\"")), 412);
        assert_eq!(good.steps.take(), ["look"], "it is not what its author saw");
        let turn = ready(good.turns.take(Some(&model::Operation::Behaviors)));
        assert_eq!(put(&good, None), 503);
        assert!(turn.is_some() && good.steps.take().is_empty(), "another's is under way");
        drop(turn);
        assert_eq!(put(&good, None), 200, "it is over");

        let full = Clerk::new(false);
        assert_eq!(put(&full, None), 503);
        assert_eq!(full.steps.take(), ["look", "intend"]);
    }
}
