//! When this person was here before, as this browser remembers it.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use crate::{clock, kept, session::Session};

/// Whoever comes back sooner goes on with the visit of before.
const GAP: TimeDelta = TimeDelta::minutes(30);

const SEEN: &str = "seen";
const BEFORE: &str = "before";

/// Notes that the overview is looked at. When the visit before ended, if there was one.
pub fn begin() -> Option<DateTime<Utc>> {
    let now = clock::now();
    let seen = read(SEEN);
    if let Some(seen) = seen.filter(|seen| now - *seen >= GAP) {
        write(BEFORE, seen);
    }
    write(SEEN, now);
    read(BEFORE)
}

fn read(name: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(&kept::get(&of_person(name))?).ok().map(|time| time.to_utc())
}

fn write(name: &str, time: DateTime<Utc>) {
    kept::set(&of_person(name), Some(&time.to_rfc3339_opts(SecondsFormat::Secs, true)));
}

/// Several people may use one browser.
fn of_person(name: &str) -> String {
    let session = Session::expect();
    format!("visit.{}.{}.{name}", session.account(), session.who())
}
