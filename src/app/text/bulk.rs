//! What the selection and the reset of many say.

use model::{RiskLevel, bulk::Step};

use super::{count, level, name, number, people};

pub const SELECTION: &str = "Selection";
pub const RESET: &str = "Reset risk …";
pub const CLEAR: &str = "Clear";
pub const THE_SELECTION: &str = "the selection";
pub const TICKET: &str = "Ticket";
pub const TICKET_HINT: &str = "Optional, such as INC-42.";
pub const VERDICT: &str = "Verdict";
pub const NO_VERDICT: &str = "None";
/// The verdicts, as a person reads them and as the audit log has them.
pub const VERDICTS: [(&str, &str); 3] = [
    ("False positive", "false positive"),
    ("Remediated", "remediated"),
    ("Accepted risk", "accepted risk"),
];
pub const REASON_HINT: &str = "Kept with each reset, together with ticket and verdict.";
pub const REASON_MISSING: &str = "Say why these people are reset.";
pub const REASON_LONG: &str = "Reason, ticket and verdict are longer than 1,000 characters.";
pub const COUNT: &str = "Number of people";
pub const CONTINUE: &str = "Start in 10 s";
pub const WORK: &str = "Bulk reset";
pub const PROGRESS: &str = "People done";
pub const PAUSE: &str = "Pause";
pub const RESUME: &str = "Resume";
pub const RETRY: &str = "Retry failed";
pub const CHECK: &str = "Check the unknown";
pub const EXPORT: &str = "Export results";
pub const EACH: &str = "Each person";
pub const NOT_KEPT: &str = "The browser does not keep a record of so many resets, so that none was started. Select fewer people.";
pub const ELSEWHERE: &str =
    "A bulk reset is under way in another tab. Nothing was started here. Wait until it is over.";
pub const PAUSED: &str = "Paused. What was sent is being answered.";
pub const SIGNED_OUT: &str = "Paused: you are signed out. Sign in, then resume.";
pub const CHECKING: &str = "Looking at those whose outcome is not known …";
pub const AGREEING: &str = "Reading the list of users again …";
pub const INTERRUPTED: &str = "This bulk reset was interrupted.";

pub fn selected(total: usize) -> String {
    format!("{} selected", number(total as u64))
}

pub fn select_all(total: usize) -> String {
    format!("Select all {} that match", number(total as u64))
}

pub fn title(total: usize) -> String {
    format!("Reset risk of {}?", people(total as u64))
}

/// Whom it is about: some names, and how many more.
pub fn whom(names: &[String], total: usize) -> String {
    let shown = names.iter().map(|one| name(one)).collect::<Vec<_>>().join(", ");
    match total - names.len() {
        0 => shown,
        more => format!("{shown} and {} more", number(more as u64)),
    }
}

pub fn of_level(total: usize, of: Option<&RiskLevel>) -> String {
    format!("{} {}", number(total as u64), level(of).to_lowercase())
}

/// What it does, before it is done.
pub fn effect(total: usize, okta: usize) -> String {
    let who = if total == 1 { "The person goes" } else { "They all go" };
    let told = match okta {
        0 => "",
        1 => " Okta is told of each.",
        _ => " Each active Okta integration is told of each.",
    };
    format!(
        "{who} back to no level until a behavior is triggered again.{told} This can't be undone."
    )
}

pub fn type_count(total: usize) -> String {
    format!("Type {total} to go on.")
}

pub fn starts_in(total: usize, seconds: i64) -> String {
    format!("{} in {seconds} s", count(total as u64, "reset starts", "resets start"))
}

pub fn waits(seconds: i64) -> String {
    format!("Cloudflare asks to wait: goes on in {seconds} s.")
}

pub fn resume_left(total: usize) -> String {
    format!("Resume the {} that are left", number(total as u64))
}

pub fn step(step: Step) -> &'static str {
    match step {
        Step::Waiting => "Waiting",
        Step::Sent => "Sent",
        Step::Reset => "Reset",
        Step::Failed => "Failed",
        Step::Unknown => "Outcome unknown",
        Step::Left => "Not sent",
    }
}

/// How far all of it is: "24 of 41 reset · 2 failed · 1 unknown".
pub fn sum(total: usize, of: impl Fn(Step) -> usize) -> String {
    let mut text = format!("{} of {} reset", number(of(Step::Reset) as u64), number(total as u64));
    let rest = [
        (Step::Failed, "failed"),
        (Step::Unknown, "of unknown outcome"),
        (Step::Sent, "under way"),
        (Step::Waiting, "waiting"),
        (Step::Left, "not sent"),
    ];
    for (step, word) in rest {
        match of(step) {
            0 => {}
            some => text += &format!(" · {} {word}", number(some as u64)),
        }
    }
    text
}

/// What the list says once it was read again.
pub fn agreed(still: usize) -> String {
    match still {
        0 => "The list of users agrees: it shows none of those who were reset.".to_owned(),
        some => format!(
            "The list of users still shows {} of those who were reset. They may have triggered a behavior since, or Cloudflare takes longer to update it.",
            number(some as u64)
        ),
    }
}

pub const NOT_READ: &str =
    "The list of users could not be read again, so that nothing can be held against it.";

pub fn more(total: usize) -> String {
    format!("and {} more: the exported results have them all", number(total as u64))
}
