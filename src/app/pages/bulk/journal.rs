//! What the browser keeps of many resets, for each account and person: the plan, how far it is, and
//! when a page last said that it is at work.

use chrono::TimeDelta;
use leptos::prelude::*;
use model::bulk::Bulk;

use crate::{clock, kept, session::Session};

/// How often a page at work says so.
pub const BEAT: std::time::Duration = std::time::Duration::from_secs(2);
/// A page that hasn't said so for this long is gone. One in the background is slowed down.
const GONE_AFTER: TimeDelta = TimeDelta::seconds(10);

/// Where it is kept.
#[derive(Clone, Copy)]
pub struct Journal(StoredValue<String>);

impl Journal {
    /// The one of an account and a person.
    pub fn of(session: Session) -> Self {
        let name = format!("bulk.{}.{}", session.account(), session.who());
        Self(StoredValue::new(name))
    }

    fn name(self, part: &str) -> String {
        self.0.with_value(|name| format!("{name}.{part}"))
    }

    /// Whether something is kept.
    pub fn is_there(self) -> bool {
        kept::get(&self.name("plan")).is_some()
    }

    pub fn read(self) -> Option<Bulk> {
        let part = |part| kept::get(&self.name(part));
        Bulk::restore(&part("plan")?, &part("progress")?)
    }

    /// Keeps all of it; whether the browser did.
    #[must_use]
    pub fn begin(self, bulk: &Bulk) -> bool {
        kept::set(&self.name("plan"), Some(&bulk.plan_text()));
        self.go_on(bulk);
        self.read().is_some_and(|kept| kept.plan() == bulk.plan())
    }

    /// Keeps how far it is.
    pub fn go_on(self, bulk: &Bulk) {
        kept::set(&self.name("progress"), Some(&bulk.progress_text()));
    }

    pub fn forget(self) {
        for part in ["plan", "progress", "alive"] {
            kept::set(&self.name(part), None);
        }
    }

    /// Says that this page is at work, or no longer.
    pub fn beat(self, alive: bool) {
        let now = clock::now().timestamp_millis().to_string();
        kept::set(&self.name("alive"), alive.then_some(now.as_str()));
    }

    /// Whether a page is at work; not for whoever has said so itself.
    pub fn is_alive(self) -> bool {
        let at = kept::get(&self.name("alive")).and_then(|at| at.parse().ok());
        let now = clock::now().timestamp_millis();
        at.is_some_and(|at: i64| now - at < GONE_AFTER.num_milliseconds())
    }
}
