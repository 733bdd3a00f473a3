//! What is said of incidents.

use super::number;

pub const INCIDENTS: &str = "Incidents";
pub const LOOK_CLOSER: &str = "Look closer";
pub const STOP_READING: &str = "Stop reading";
pub const READING_EVENTS: &str = "Reading events";
pub const LOOKING_FOR_INCIDENTS: &str = "Looking for incidents…";
pub const NO_INCIDENTS: &str = "Nothing happened to five or more people at once.";
pub const FROM_THE_SUMMARY_ALONE: &str =
    "From the summary alone: look closer to see what they have in common.";
pub const HOW_INCIDENTS_ARE_FOUND: &str = "How incidents are found";
pub const INCIDENTS_METHOD: &str = "At first from the summary of the 5,000 people with the latest \
    events: the domain of the address, the level and the last event. “Look closer” reads the events \
    of up to 1,000 people, those of incidents first, at no more than 75 a minute after the first 40. \
    People are one incident if their events are of the same behavior, within ten minutes, and share \
    the domain or a value in the event’s details. It takes at least five people, and many more than \
    is usual: n + 5√n + 4, where n is the highest of the rates \
    of six hours before and after, of half an hour before, and of half an hour after. What nine in ten \
    share is named. Nothing is sent anywhere; it is arithmetic, not proof.";

/// "41 people, north.example, Impossible Travel, within 10 minutes".
pub fn incident(
    people: usize,
    domain: Option<&str>,
    behavior: Option<&str>,
    minutes: i64,
) -> String {
    let within =
        if minutes == 1 { "within a minute" } else { &format!("within {minutes} minutes") };
    let people = format!("{} people", number(people as u64));
    [Some(people.as_str()), domain, behavior, Some(within)]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// The link to the list: not the incident's people alone.
pub fn everyone_of(domain: &str) -> String {
    format!("All users that match {domain}")
}

pub fn select_all_of_it(people: usize) -> String {
    format!("Select all {}", number(people as u64))
}

pub fn share(people: usize, of: usize) -> String {
    if people == of { "all".to_owned() } else { format!("{people} of {of}") }
}

/// How far reading events is.
pub fn events_read(read: usize, of: usize, failed: usize) -> String {
    let read = format!("Events of {} of {} people read", number(read as u64), number(of as u64));
    if failed == 0 { read } else { format!("{read}, {} could not be", number(failed as u64)) }
}
