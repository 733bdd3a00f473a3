//! The overview's own sentences.

use super::{count, number, people};

pub const AT_A_GLANCE: &str = "At a glance";
pub const FIRST_VISIT: &str = "Next time, this says who is new since today";
pub const BEHAVIORS_NOT_READ: &str = "The behaviors could not be read";
pub const INTEGRATIONS_NOT_READ: &str = "The integrations could not be read";
pub const BY_DAY: &str = "By the day of the last event";
pub const AS_A_TABLE: &str = "As a table";
pub const DAY: &str = "Day";
pub const ALL: &str = "All";
pub const TODAY: &str = "today";

pub fn in_a_day(new: u64) -> String {
    format!("{} with an event in the last 24 hours", people(new))
}

pub fn since_last_visit(new: u64, last: &str) -> String {
    format!("{} since your last visit, {last}", people(new))
}

/// How many integrations there are, and how many ask for a look.
pub fn integrations(all: usize, paused: usize, wrong: usize) -> String {
    let of = |some: usize, what: &str| (some > 0).then(|| format!("{some} {what}"));
    let some = [of(paused, "paused"), of(wrong, "with something to mend")];
    let some = some.into_iter().flatten().collect::<Vec<_>>().join(", ");
    match (all, some.is_empty()) {
        (0, _) => "No integrations: Okta is told of nothing".to_owned(),
        (all, true) => format!("All integrations are active ({all})"),
        (all, false) => format!("{}: {some}", count(all as u64, "integration", "integrations")),
    }
}

/// "24 Nov: 31 people".
pub fn day(day: &str, total: u64) -> String {
    format!("{day}: {}", people(total))
}

/// What the picture of the days shows, the last of them today.
pub fn days(days: &[u32]) -> String {
    let all = people(days.iter().map(|day| u64::from(*day)).sum());
    let today = number(days.last().copied().unwrap_or_default().into());
    format!("{all} in {} days, {today} of them today", days.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_shows_and_so_does_that_there_are_none() {
        assert_eq!(integrations(0, 0, 0), "No integrations: Okta is told of nothing");
        assert_eq!(integrations(2, 0, 0), "All integrations are active (2)");
        assert_eq!(integrations(2, 1, 0), "2 integrations: 1 paused");
        assert_eq!(integrations(1, 0, 1), "1 integration: 1 with something to mend");
        assert_eq!(integrations(3, 1, 2), "3 integrations: 1 paused, 2 with something to mend");
    }
}
