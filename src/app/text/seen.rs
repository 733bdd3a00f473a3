//! What is known of behaviors, in sentences.

use super::{count, events, number, people};

pub const KNOWN: &str = "What is known";
pub const PEOPLE: &str = "People";
pub const NOTE: &str = "Cloudflare tells each person's events only. From those of the riskiest people: how many each behavior was triggered for, how often, and how that has changed.";

pub fn last_days(days: usize) -> String {
    format!("Last {days} days")
}

/// "12 in 14 days, 4 in the 14 before".
pub fn trend(last: u32, before: u32, days: usize) -> String {
    match (last, before) {
        (0, 0) => "None".to_owned(),
        _ => {
            let (last, before) = (number(last.into()), number(before.into()));
            format!("{last} in {days} days, {before} in the {days} before")
        }
    }
}

/// Whom it is of.
pub fn basis(read: usize, at_risk: u64, failed: usize) -> String {
    let failed = match failed {
        0 => String::new(),
        failed => format!(" {} could not be read.", people(failed as u64)),
    };
    format!("Of the {} read, of {} at risk.{failed}", people(read as u64), number(at_risk))
}

/// What the picture of the days shows, the last of them today.
pub fn picture(days: &[u32]) -> String {
    let all = days.iter().sum::<u32>();
    let most = days.iter().copied().enumerate().max_by_key(|(_, events)| *events);
    match most {
        Some((day, most)) if most > 0 => {
            let ago = match days.len() - 1 - day {
                0 => "today".to_owned(),
                ago => format!("{} ago", count(ago as u64, "day", "days")),
            };
            format!("{}, the most {ago}: {}", events(all as usize), number(most.into()))
        }
        _ => "No events".to_owned(),
    }
}
