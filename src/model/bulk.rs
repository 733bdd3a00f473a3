//! Many resets as one piece of work: who is in it, how far each has come, who is next.
//!
//! - [`Bulk::next`] whose turn it is: few at a time, below the vendor's rate limit
//! - [`Bulk::settle`] what came of one; [`Bulk::looked`] what a look at a person says of a reset
//!   that nobody knows the outcome of. Such a reset is never sent again without a look
//! - [`Bulk::plan_text`] and [`Bulk::progress_text`] are the journal, [`Bulk::restore`] goes on from it
//! - [`Bulk::csv`] the outcomes as a file; [`reason`] what goes into the audit log

mod csv;
mod journal;

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::{BatchId, RiskLevel, UserId};

/// How many resets are under way at once.
pub const AT_ONCE: usize = 4;
/// How many are started within [`WINDOW`]. Each costs two requests upstream, a look for the audit
/// log and the reset itself, and the vendor takes 1,200 in five minutes: a sixth is left to others
/// (<https://developers.cloudflare.com/fundamentals/api/reference/limits/>).
pub const IN_WINDOW: usize = 500;
pub const WINDOW: TimeDelta = TimeDelta::minutes(5);
/// How often one reset is sent that the vendor asks to wait with.
const TRIES: u8 = 3;

/// How far a person's reset has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Waiting,
    /// Sent, and not answered yet.
    Sent,
    Reset,
    /// Nothing changed.
    Failed,
    /// It may or may not have been made.
    Unknown,
    /// Never sent: the work was called off.
    Left,
}

impl Step {
    pub const ALL: [Self; 6] =
        [Self::Waiting, Self::Sent, Self::Reset, Self::Failed, Self::Unknown, Self::Left];

    /// The word for it in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Reset => "reset",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::Left => "not sent",
        }
    }
}

/// Somebody who is to be reset.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    pub id: UserId,
    pub name: String,
    /// The level before the reset.
    pub level: Option<RiskLevel>,
}

/// What came of a reset that was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Reset,
    /// Nothing changed, and why.
    Failed(String),
    Unknown(String),
    /// Nothing changed; the vendor asks everybody to wait for so many seconds.
    Wait(u32),
    /// Nothing changed; it can be sent again as soon as somebody has signed in.
    SignedOut,
}

/// What to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Send the reset of the person at this place; it counts as sent.
    Send(usize),
    /// Nothing before this time.
    Wait(DateTime<Utc>),
    /// Nothing before one of those that are sent is answered.
    Answer,
    /// Nothing any more.
    Over,
}

/// Many resets.
#[derive(Clone, Debug, PartialEq)]
pub struct Bulk {
    plan: Plan,
    /// How far each has come, why it is no further, and how often it was sent in vain.
    steps: Vec<(Step, String, u8)>,
    /// When the latest were sent.
    sent: VecDeque<DateTime<Utc>>,
    wait_until: Option<DateTime<Utc>>,
}

/// What doesn't change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub batch: BatchId,
    pub reason: String,
    pub people: Vec<Target>,
}

impl Bulk {
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let steps = vec![(Step::Waiting, String::new(), 0); plan.people.len()];
        Self { plan, steps, sent: VecDeque::new(), wait_until: None }
    }

    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// How far the person at this place has come, and why no further.
    #[must_use]
    pub fn step(&self, place: usize) -> (Step, &str) {
        self.steps.get(place).map_or((Step::Left, ""), |(step, why, _)| (*step, why))
    }

    #[must_use]
    pub fn count(&self, step: Step) -> usize {
        self.steps.iter().filter(|(one, ..)| *one == step).count()
    }

    /// The places of those who have come so far.
    #[must_use]
    pub fn places(&self, step: Step) -> Vec<usize> {
        (0..self.steps.len()).filter(|place| self.steps[*place].0 == step).collect()
    }

    /// What to do now. Whoever is told to send has to: the person counts as sent.
    pub fn next(&mut self, now: DateTime<Utc>) -> Next {
        while self.sent.front().is_some_and(|at| now - *at >= WINDOW) {
            self.sent.pop_front();
        }
        let under_way = self.count(Step::Sent);
        let Some(place) = self.steps.iter().position(|(step, ..)| *step == Step::Waiting) else {
            return if under_way > 0 { Next::Answer } else { Next::Over };
        };
        if under_way >= AT_ONCE {
            return Next::Answer;
        }
        let full = self.sent.front().filter(|_| self.sent.len() >= IN_WINDOW);
        let until = self.wait_until.max(full.map(|first| *first + WINDOW));
        if let Some(until) = until.filter(|until| now < *until) {
            return Next::Wait(until);
        }
        self.sent.push_back(now);
        self.steps[place].0 = Step::Sent;
        Next::Send(place)
    }

    /// What came of the reset of the person at this place.
    pub fn settle(&mut self, place: usize, outcome: Outcome, now: DateTime<Utc>) {
        let Some(entry) = self.steps.get_mut(place).filter(|(step, ..)| *step == Step::Sent) else {
            return;
        };
        match outcome {
            Outcome::Reset => *entry = (Step::Reset, String::new(), 0),
            Outcome::Failed(why) => *entry = (Step::Failed, why, 0),
            Outcome::Unknown(why) => *entry = (Step::Unknown, why, 0),
            Outcome::SignedOut => entry.0 = Step::Waiting,
            Outcome::Wait(seconds) => {
                let until = now + TimeDelta::seconds(seconds.into());
                self.wait_until = self.wait_until.max(Some(until));
                entry.2 += 1;
                if entry.2 < TRIES {
                    entry.0 = Step::Waiting;
                } else {
                    let why = format!("Asked to wait {TRIES} times. Nothing changed.");
                    *entry = (Step::Failed, why, 0);
                }
            }
        }
    }

    /// A look at a person whose reset's outcome is not known: `level` is the one they have now.
    /// With none, the reset was made. With one, it wasn't, or the person was triggered anew: that
    /// counts as failed, since there is still something to reset.
    pub fn looked(&mut self, place: usize, level: Option<&RiskLevel>) {
        let Some(entry) = self.steps.get_mut(place).filter(|(step, ..)| *step == Step::Unknown)
        else {
            return;
        };
        *entry = match level {
            None => (Step::Reset, "No answer came; a look found no level.".to_owned(), 0),
            Some(level) => {
                let why =
                    format!("No usable answer came; a look found the level {}.", level.as_str());
                (Step::Failed, why, 0)
            }
        };
    }

    /// Calls off what was not sent yet.
    pub fn cancel(&mut self) {
        self.turn(Step::Waiting, Step::Left);
    }

    /// Has those that failed sent again. Those of unknown outcome are not among them.
    pub fn retry(&mut self) {
        self.turn(Step::Failed, Step::Waiting);
    }

    /// Nobody will hear what came of those that are sent: whoever waited for it is gone.
    pub fn lose_answers(&mut self) {
        for entry in self.steps.iter_mut().filter(|(step, ..)| *step == Step::Sent) {
            *entry = (Step::Unknown, "The page was closed before the answer came.".to_owned(), 0);
        }
    }

    fn turn(&mut self, from: Step, to: Step) {
        for entry in self.steps.iter_mut().filter(|(step, ..)| *step == from) {
            *entry = (to, String::new(), 0);
        }
    }
}

/// The reason that goes into the audit log with each reset of a batch: the words, then the ticket
/// and the verdict where they are given, set apart by " | ":
/// `Laptop found | ticket: INC-42 | verdict: remediated`.
#[must_use]
pub fn reason(words: &str, ticket: &str, verdict: Option<&str>) -> String {
    let named = |name: &str, text: &str| {
        let text = text.trim();
        if text.is_empty() { String::new() } else { format!(" | {name}: {text}") }
    };
    let (ticket, verdict) =
        (named("ticket", ticket), named("verdict", verdict.unwrap_or_default()));
    format!("{}{ticket}{verdict}", words.trim())
}

#[cfg(test)]
#[path = "bulk/tests.rs"]
mod tests;
