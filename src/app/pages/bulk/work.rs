//! What is under way, and what does it. The rules are the model's ([`Bulk`]); this sends, waits and
//! keeps the journal: before a reset is sent, and after its outcome.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use leptos::{ev, prelude::*};
use model::bulk::{Bulk, Next, Outcome, Step};

use super::journal::{BEAT, Journal};
use crate::{
    clock,
    data::{self, Effect, Error, Selection},
    session::Session,
    text::{self, bulk as words},
    ui::announcer::Announcer,
};

/// How long the start can be undone, in seconds.
const DELAY: i64 = 10;
/// How long an outcome that is not known may take to show, in seconds before each look.
const LOOKS: [u64; 3] = [1, 3, 6];
/// Where the vendor asks to wait and doesn't say how long, in seconds.
const WAIT: u32 = 10;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It starts at this time, unless it is undone.
    Starting(DateTime<Utc>),
    Running,
    Paused,
    /// As paused, by the end of the session.
    SignedOut,
    /// Found when the page was opened.
    Interrupted,
    /// Nothing is left to be sent; unknown outcomes are looked at.
    Checking,
    /// The list is read again.
    Agreeing,
    /// The list was read again, and shows so many of those who were reset; nothing where it could
    /// not be read.
    Over(Option<usize>),
}

#[derive(Clone, Copy)]
pub struct Work {
    pub bulk: RwSignal<Option<Bulk>>,
    pub phase: RwSignal<Phase>,
    /// Until when the vendor has asked to wait.
    pub wait_until: RwSignal<Option<DateTime<Utc>>>,
    /// Moves on each second while something is counted down.
    pub now: RwSignal<DateTime<Utc>>,
    journal: Journal,
    selection: Selection,
    announcer: Announcer,
}

impl Work {
    pub fn new() -> Self {
        let work = Self {
            bulk: RwSignal::new(None),
            phase: RwSignal::new(Phase::Paused),
            wait_until: RwSignal::new(None),
            now: RwSignal::new(clock::now()),
            journal: Journal::of(Session::expect()),
            selection: Selection::expect(),
            announcer: Announcer::expect(),
        };
        // Both live as long as the app.
        let beat = move || {
            if work.is_at_it() {
                work.journal.beat(true);
            }
        };
        let _ = set_interval_with_handle(beat, BEAT);
        let _ = set_interval_with_handle(move || work.tick(), Duration::from_millis(500));
        // The next page need not wait until this one counts as gone.
        window_event_listener(ev::pagehide, move |_| {
            if work.is_at_it() {
                work.journal.beat(false);
            }
        });
        work
    }

    pub fn is_there(self) -> bool {
        self.bulk.with(Option::is_some)
    }

    /// Whether this page is about to send, sends, or waits for answers.
    fn is_at_it(self) -> bool {
        let phase = self.phase.get_untracked();
        self.bulk.with_untracked(Option::is_some)
            && !matches!(phase, Phase::Starting(_) | Phase::Interrupted | Phase::Over(_))
    }

    /// Takes up what another page left.
    pub fn look_for_left(self) {
        if self.journal.is_alive() {
            // Another tab is at it, or one that went without a word: seen a little later.
            if self.journal.is_there() {
                set_timeout(move || self.look_for_left(), BEAT);
            }
            return;
        }
        if self.bulk.with_untracked(Option::is_some) {
            return;
        }
        let Some(mut bulk) = self.journal.read() else { return };
        bulk.lose_answers();
        self.journal.go_on(&bulk);
        let done = bulk.count(Step::Waiting) == 0;
        self.phase.set(if done { Phase::Checking } else { Phase::Interrupted });
        self.bulk.set(Some(bulk));
        leptos::task::spawn_local(async move {
            self.check().await;
            if self.phase.get_untracked() == Phase::Checking {
                self.phase.set(Phase::Agreeing);
            }
        });
    }

    /// Starts after a delay. Why not, where it can't.
    pub fn start(self, bulk: Bulk) -> Result<(), &'static str> {
        if self.journal.is_alive() {
            return Err(words::ELSEWHERE);
        }
        let now = clock::now();
        self.now.set(now);
        self.phase.set(Phase::Starting(now + TimeDelta::seconds(DELAY)));
        self.bulk.set(Some(bulk));
        Ok(())
    }

    /// Nothing was sent, and nothing will be.
    pub fn undo(self) {
        if matches!(self.phase.get_untracked(), Phase::Starting(_)) {
            self.bulk.set(None);
        }
    }

    fn tick(self) {
        if !self.bulk.with_untracked(Option::is_some) {
            return;
        }
        let waits = self.wait_until.get_untracked().is_some();
        match self.phase.get_untracked() {
            Phase::Starting(at) => {
                self.now.set(clock::now());
                if clock::now() >= at {
                    self.begin();
                }
            }
            Phase::Running if waits => {
                self.now.set(clock::now());
                self.pump();
            }
            _ => {}
        }
    }

    fn begin(self) {
        let kept = self
            .bulk
            .with_untracked(|bulk| bulk.as_ref().is_some_and(|bulk| self.journal.begin(bulk)));
        if !kept {
            self.journal.forget();
            self.bulk.set(None);
            self.announcer.alert(words::NOT_KEPT);
            return;
        }
        self.selection.clear();
        self.run();
    }

    /// Sends what is waiting.
    pub fn run(self) {
        self.journal.beat(true);
        self.phase.set(Phase::Running);
        self.pump();
    }

    pub fn pause(self) {
        self.phase.set(Phase::Paused);
    }

    pub fn cancel(self) {
        self.change(Bulk::cancel);
        self.run();
    }

    pub fn retry(self) {
        self.change(Bulk::retry);
        self.run();
    }

    /// Lets go of it all: the journal too.
    pub fn close(self) {
        self.journal.forget();
        self.bulk.set(None);
        self.wait_until.set(None);
    }

    /// Changes it, and keeps how far it is. Nothing where it was let go of.
    fn change<T>(self, change: impl FnOnce(&mut Bulk) -> T) -> Option<T> {
        let mut changed = None;
        self.bulk.update(|bulk| {
            if let Some(bulk) = bulk {
                changed = Some(change(bulk));
                self.journal.go_on(bulk);
            }
        });
        changed
    }

    /// Sends as many as may be sent now.
    fn pump(self) {
        while self.phase.get_untracked() == Phase::Running {
            match self.change(|bulk| bulk.next(clock::now())) {
                Some(Next::Send(place)) => {
                    self.wait_until.set(None);
                    leptos::task::spawn_local(self.send(place));
                }
                Some(Next::Wait(until)) => return self.wait_until.set(Some(until)),
                Some(Next::Over) => {
                    self.wait_until.set(None);
                    self.phase.set(Phase::Checking);
                    return leptos::task::spawn_local(self.finish());
                }
                Some(Next::Answer) | None => return,
            }
        }
    }

    async fn send(self, place: usize) {
        let what = self.bulk.with_untracked(|bulk| {
            let plan = bulk.as_ref()?.plan();
            Some((plan.people.get(place)?.id, plan.reason.clone(), plan.batch))
        });
        let Some((id, reason, batch)) = what else { return };
        let outcome = outcome(data::reset_of_batch(id, reason, batch).await);
        if outcome == Outcome::SignedOut {
            self.phase.set(Phase::SignedOut);
        }
        self.change(|bulk| bulk.settle(place, outcome, clock::now()));
        self.pump();
    }

    async fn finish(self) {
        self.check().await;
        if self.phase.get_untracked() == Phase::Checking {
            self.phase.set(Phase::Agreeing);
        }
    }

    /// Looks at those whose outcome is not known, some times over: what took effect may show late.
    async fn check(self) {
        let unknown = || {
            let bulk = self.bulk.get_untracked();
            bulk.map(|bulk| bulk.places(Step::Unknown)).unwrap_or_default()
        };
        for (look, wait) in LOOKS.into_iter().enumerate() {
            if unknown().is_empty() {
                return;
            }
            clock::sleep(Duration::from_secs(wait)).await;
            for place in unknown() {
                let id = self
                    .bulk
                    .with_untracked(|bulk| Some(bulk.as_ref()?.plan().people.get(place)?.id));
                let Some(id) = id else { return };
                // One that can't be looked at stays unknown.
                let Ok(level) = data::level_of(id).await else { continue };
                if level.is_none() || look + 1 == LOOKS.len() {
                    self.change(|bulk| bulk.looked(place, level.as_ref()));
                }
            }
        }
    }

    /// The list was read again: how many it shows of those who were reset.
    pub fn agreed(self, still: Option<usize>) {
        self.phase.set(Phase::Over(still));
        self.bulk.with_untracked(|bulk| {
            if let Some(bulk) = bulk {
                let sum = words::sum(bulk.plan().people.len(), |step| bulk.count(step));
                self.announcer.heard(sum);
            }
        });
    }
}

/// What an answer says of a reset.
fn outcome(answer: Result<(), Error>) -> Outcome {
    let error = match answer {
        Ok(()) => return Outcome::Reset,
        Err(error) => error,
    };
    let why = || text::explain(text::THE_RESET, true, &error).failed;
    match &error {
        Error::Refused { .. } => Outcome::SignedOut,
        Error::Api { status: 429, retry_after, .. } => Outcome::Wait(retry_after.unwrap_or(WAIT)),
        _ if error.effect() == Effect::None => Outcome::Failed(why()),
        _ => Outcome::Unknown(why()),
    }
}
