//! What a change of behaviors would have done, in sentences.

use model::WhatIf;

use super::{count, events, number, people};

pub const WHAT_IF: &str = "What if";
pub const NOTE: &str = "Saving changes nobody's level by itself: past events keep the level they came with. What the same events would do under these settings can be told from the events themselves.";
pub const STOP: &str = "Stop";
pub const PROGRESS: &str = "People whose events are read";
pub const NOT_CLOUDFLARES: &str =
    "Worked out by Riskdesk from past events; Cloudflare may judge new ones otherwise.";

pub fn start(people: usize) -> String {
    format!("Read the events of the {people} riskiest people")
}

pub fn progress(done: usize, of: usize) -> String {
    format!("{} of {}", number(done as u64), people(of as u64))
}

/// "Were these events triggered again: 37 people would be raised and 12 lowered, 3 of them to no
/// level. 40 events of 2 behaviors would stop."
pub fn outcome(what: &WhatIf) -> String {
    let WhatIf { raised, lowered, cleared, stopped, started, .. } = *what;
    let cleared = match cleared {
        0 => String::new(),
        cleared => format!(", {} of them to no level", number(cleared as u64)),
    };
    let moved = if raised + lowered == 0 {
        "nobody's level would differ".to_owned()
    } else {
        let (raised, lowered) = (people(raised as u64), number(lowered as u64));
        format!("{raised} would be raised and {lowered} lowered{cleared}")
    };
    let mut sentence = format!("Were these events triggered again: {moved}.");
    if stopped > 0 {
        let kinds = count(what.stopped_behaviors.len() as u64, "behavior", "behaviors");
        sentence.push_str(&format!(" {} of {kinds} would stop.", events(stopped)));
    }
    if started > 0 {
        sentence.push_str(&format!(" {} that are off now would count.", events(started)));
    }
    sentence
}

/// How much it is based on.
pub fn basis(what: &WhatIf, at_risk: u64, failed: usize) -> String {
    let failed = match failed {
        0 => String::new(),
        failed => format!(" {} could not be read.", people(failed as u64)),
    };
    format!(
        "Based on {} of {} since their last reset, of {} at risk.{failed}",
        events(what.events),
        people(what.people as u64),
        number(at_risk)
    )
}
