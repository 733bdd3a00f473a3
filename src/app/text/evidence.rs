//! What the evidence pack of a user says.

use super::count;

pub const EVIDENCE: &str = "Evidence";
pub const BACK: &str = "Back to the user";
pub const JSON: &str = "JSON";
pub const PRINT: &str = "Print";
pub const IDENTITY: &str = "Identity";
pub const USER_ID: &str = "User ID";
pub const ACCOUNT: &str = "Account";
pub const DECIDING: &str = "Deciding event";
pub const NO_DECIDING: &str = "No event that Cloudflare reports explains the level.";
pub const NO_LEVEL: &str = "The user has no level.";
pub const EVENT_ID: &str = "Event ID";
pub const DETAILS: &str = "Details";
pub const RESETS: &str = "Resets";
pub const NO_RESETS: &str = "The audit log has no reset of this user.";
pub const RESETS_NEED_ADMIN: &str = "Who reset this user, and why, is in the audit log, which only an admin can read. This evidence is without it.";
pub const READING_RESETS: &str = "Reading the audit log …";
pub const LAST_RESET: &str = "Last reset";
pub const NEVER: &str = "none that Cloudflare reports";
pub const TIME: &str = "Time (UTC)";
pub const NO_REASON: &str = "none given";
pub const NOT_DATED: &str = "no date";
pub const SAVED: &str = "Evidence exported";

/// Who took it, and when: below the heading.
pub fn taken(who: &str, at: &str) -> String {
    format!("Evidence taken by {who} at {at}, from Cloudflare's user risk scoring.")
}

pub fn events(number: usize) -> String {
    format!("Timeline: {}", count(number as u64, "event", "events"))
}
