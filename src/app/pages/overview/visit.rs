//! When this person was here before, as the browser remembers it.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

use crate::{clock, kept};

/// Whoever comes back sooner goes on with the visit of before.
const GAP: TimeDelta = TimeDelta::minutes(30);

const SEEN: &str = "overview.seen";
const BEFORE: &str = "overview.before";

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
    DateTime::parse_from_rfc3339(&kept::get(name)?).ok().map(|time| time.to_utc())
}

fn write(name: &str, time: DateTime<Utc>) {
    kept::set(name, Some(&time.to_rfc3339_opts(SecondsFormat::Secs, true)));
}
