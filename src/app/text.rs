//! Every sentence that a person reads. Plain, short, exact; sentence case; the vendor's terms.

pub mod bulk;
pub mod configuration;
pub mod demo;
mod doctor;
pub mod evidence;
pub mod export;
mod failure;
mod incidents;
pub mod keys;
pub mod overview;
pub mod seen;
pub mod triage;
pub mod view;
pub mod what_if;

pub use doctor::{
    CLOUDFLARE_STEPS, COPY_TENANT_URL, IN_CLOUDFLARE, IN_OKTA, OKTA_DOCTOR, OKTA_DOCTOR_NOTE,
    OKTA_STEPS, SEE_BEHAVIORS, SET_UP, SET_UP_STEPS, doctor_check, doctor_problem, doctor_sum,
    doctor_verdict,
};
pub use failure::{Explained, explain, explain_change};
pub use incidents::{
    FROM_THE_SUMMARY_ALONE, HOW_INCIDENTS_ARE_FOUND, INCIDENTS, INCIDENTS_METHOD, LOOK_CLOSER,
    LOOKING_FOR_INCIDENTS, NO_INCIDENTS, READING_EVENTS, STOP_READING, events_read, everyone_of,
    incident, select_all_of_it, share,
};

use model::{AuditState, RiskLevel, Role, TenantUrlError};

use crate::{data::NotChanged, ui::plain::plain};

pub const APP: &str = "Riskdesk";
pub const SKIP: &str = "Skip to content";
pub const JUST_NOW: &str = "just now";
pub const UPDATED: &str = "Updated";
pub const REFRESH: &str = "Refresh";
pub const TRY_AGAIN: &str = "Try again";
pub const CANCEL: &str = "Cancel";
pub const CLOSE: &str = "Close";
pub const COPIED: &str = "Copied";
pub const COPY_FAILED: &str = "The browser did not let Riskdesk copy. Select the text instead.";
pub const NOT_KNOWN: &str = "not known";
pub const NO_NAME: &str = "No name";
pub const DEMO: &str = "Demo data";
pub const THEME: &str = "Theme";

pub const OVERVIEW: &str = "Overview";
pub const USERS: &str = "Users";
pub const USER: &str = "User";
pub const BEHAVIORS: &str = "Behaviors";
pub const INTEGRATIONS: &str = "Integrations";
pub const NEW_INTEGRATION: &str = "New integration";
pub const INTEGRATION: &str = "Integration";
pub const NOT_FOUND: &str = "Page not found";
pub const NOT_FOUND_NOTE: &str =
    "Riskdesk has no page at this address. The link may be old or mistyped.";

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A month's short name; `month` counts from 0.
pub fn month(month: u32) -> &'static str {
    MONTHS.get(month as usize).copied().unwrap_or_default()
}

pub fn ago(number: i64, unit: &str) -> String {
    format!("{number} {unit} ago")
}

pub fn exact_time(local: &str, utc: &str) -> String {
    format!("{local} local · {utc} UTC")
}

pub fn title(page: &str) -> String {
    format!("{page} · {APP}")
}

/// A number with thousands set apart.
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number and its noun: "1 event", "2 events".
pub fn count(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", self::number(number), if number == 1 { one } else { many })
}

/// A level's word, as a label. A level we don't know keeps its own word.
pub fn level(level: Option<&RiskLevel>) -> String {
    match level {
        None => "Unscored".to_owned(),
        Some(RiskLevel::Low) => "Low".to_owned(),
        Some(RiskLevel::Medium) => "Medium".to_owned(),
        Some(RiskLevel::High) => "High".to_owned(),
        Some(RiskLevel::Unknown(word)) => word.to_string(),
    }
}

/// A name, with what hides or reorders text made visible, or what stands for none.
pub fn name(name: &str) -> String {
    if name.trim().is_empty() { NO_NAME.to_owned() } else { plain(name) }
}

// Users.

pub const SEARCH_USERS: &str = "Search users";
pub const RISK_LEVEL: &str = "Risk level";
pub const LEVEL: &str = "Level";
pub const NAME: &str = "Name";
pub const EMAIL: &str = "E-mail";
pub const EVENTS: &str = "Events";
pub const LAST_EVENT: &str = "Last event";
pub const SELECT_PAGE: &str = "Select this page";
pub const NO_USERS_MATCH: &str = "No users match";
pub const NO_USERS_MATCH_NOTE: &str = "Search looks at names, e-mail addresses and IDs.";
pub const CLEAR_FILTERS: &str = "Clear search and filters";
pub const NOBODY: &str = "Nobody is at risk";
pub const SEARCH_HINT: &str = "Name, e-mail or ID";
pub const PREVIOUS: &str = "Previous";
pub const NEXT: &str = "Next";
pub const ROWS: &str = "Rows";
pub const PAGES: &str = "Pages";
pub const LEVELS_OF_ALL: &str = "People by risk level";

pub fn range(first: usize, last: usize, total: usize) -> String {
    format!("{}–{} of {}", number(first as u64), number(last as u64), number(total as u64))
}

/// The name of a person's checkbox.
pub fn select(name: &str) -> String {
    format!("Select {name}")
}

pub fn people(total: u64) -> String {
    count(total, "person", "people")
}

/// How much of a long list has come.
pub fn bytes_read(bytes: u64, of: Option<u64>) -> String {
    let megabytes =
        |bytes: u64| format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000);
    match of {
        Some(of) => format!("{} of {}", megabytes(bytes), megabytes(of)),
        None => megabytes(bytes),
    }
}

/// Which behaviors are on, for an empty list.
pub fn behaviors_on(on: usize, all: usize) -> String {
    format!("{on} of {all} behaviors are on")
}

// A user.

pub const RESET_RISK: &str = "Reset risk";
pub const RESET: &str = "Reset";
pub const RESETTING: &str = "Resetting …";
pub const REASON: &str = "Reason";
pub const REASON_HINT: &str = "Kept with the reset, for whoever asks why.";
pub const COPY_ID: &str = "Copy ID";
pub const ALL_USERS: &str = "All users";
pub const TIMELINE: &str = "Timeline";
pub const ALL_BEHAVIORS: &str = "All behaviors";
pub const BEHAVIOR: &str = "Behavior";
pub const WHOLE_TIME: &str = "Whole time";
pub const SPAN_START: &str = "Start of the span";
pub const SPAN_END: &str = "End of the span";
pub const NO_EVENTS: &str = "No events";
pub const NO_EVENTS_NOTE: &str = "Cloudflare reports no events for this user.";
pub const NO_EVENTS_MATCH: &str = "No events match";
pub const RISK_RESET: &str = "Risk reset";
pub const NOW: &str = "now";
pub const NO_DETAILS: &str = "No details";
pub const COPY_DETAILS: &str = "Copy details";
pub const COPY_EVENT_ID: &str = "Copy event ID";
pub const UNDATED: &str = "No date";
pub const USER_GONE: &str = "No such user";
pub const USER_GONE_NOTE: &str = "Cloudflare knows no user with this ID. The user may have been removed since the list was read.";
pub const BAD_USER_ID: &str = "The address holds no valid user ID. A user ID looks like 9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10.";
pub const LANES_HELP: &str = "Drag across the lanes, or move the two handles with the arrow keys, to choose a span of time. The list below follows.";
pub const EMPTY_OBJECT: &str = "empty object";
pub const EMPTY_LIST: &str = "empty list";
pub const SHOW_WHOLE_TEXT: &str = "Show the whole text";

pub fn reset_title(name: &str) -> String {
    format!("Reset risk of {name}?")
}

/// What a reset does, before it is done.
pub fn reset_effect(name: &str, okta: usize) -> String {
    let told = match okta {
        0 => "",
        1 => " Okta is told.",
        _ => " Each active Okta integration is told.",
    };
    format!(
        "{name} goes back to no level until a behavior is triggered again.{told} This can't be undone."
    )
}

pub fn reset_done(name: &str) -> String {
    format!("Risk of {name} reset")
}

pub fn show_more(more: usize, left: usize) -> String {
    format!("Show {} more of {}", number(more as u64), number(left as u64))
}

pub fn events(total: usize) -> String {
    count(total as u64, "event", "events")
}

pub fn events_shown(shown: usize, total: usize) -> String {
    if shown == total {
        events(total)
    } else {
        format!("{} of {}", number(shown as u64), events(total))
    }
}

/// Why a user has the level, when an event decided it.
pub fn why(level: &str, since: &str, behavior: &str, behavior_level: &str) -> String {
    format!("{level} since {since}, when {behavior} ({behavior_level}) was triggered.")
}

/// Why, when no event at hand explains the level.
pub fn why_unexplained(level: &str) -> String {
    format!("{level}, by Cloudflare's word: none of the events it reports explains the level.")
}

pub const WHY_UNSCORED: &str = "No level: nothing was triggered since the last reset.";
pub const WHY_NEVER: &str = "No level: no behavior was triggered.";

pub fn last_reset(when: &str) -> String {
    format!("Last reset {when}.")
}

/// One lane, for those who can't see it.
pub fn lane(behavior: &str, events: usize) -> String {
    format!("{behavior}: {}", self::events(events))
}

pub fn span(from: &str, to: &str) -> String {
    format!("{from} to {to}")
}

pub fn items(number: usize) -> String {
    count(number as u64, "item", "items")
}

pub fn keys(number: usize) -> String {
    count(number as u64, "key", "keys")
}

// Overview.

/// What the number of people is a number of.
pub fn at_risk(total: u64) -> &'static str {
    if total == 1 { "person at risk" } else { "people at risk" }
}

pub const SEE_USERS: &str = "See users by risk";
pub const RISKIEST: &str = "Highest risk";
pub const LATEST: &str = "Latest events";

// Behaviors.

pub const ENABLED: &str = "On";
pub const REVIEW_CHANGES: &str = "Review changes";
pub const SAVE_CHANGES: &str = "Save changes";
pub const DISCARD: &str = "Discard";
pub const SAVING: &str = "Saving …";
pub const CHANGES_SAVED: &str = "Changes saved";
pub const NO_BEHAVIORS: &str = "No behaviors";
pub const NO_BEHAVIORS_NOTE: &str = "Cloudflare reports no behaviors for this account.";
pub const BEHAVIORS_NOTE: &str = "A user's level is the highest of the behaviors they triggered. Turning a behavior off stops future monitoring; past events stay.";
pub const ON: &str = "on";
pub const OFF: &str = "off";
pub const CHANGED: &str = "Changed";
pub const CHANGED_BY_BOTH: &str = "Changed by you and by somebody else";
pub const CHANGED_BY_OTHERS: &str = "Changed by somebody else";
pub const YOU_SAW: &str = "You saw:";
pub const YOU_WANT: &str = "You want:";
pub const BEFORE: &str = "Before";
pub const AFTER: &str = "After";
pub const REVIEW_NOTE: &str = "Only what you changed is sent. Everything else stays as it is.";
pub const UNKNOWN_LEVEL_NOTE: &str =
    "Riskdesk doesn't know this level. Choose one of the three to change this behavior.";
pub const NO_LEVEL_NOTE: &str =
    "Cloudflare reports no level. Choose one of the three to change this behavior.";
pub const VIEW_ONLY_BEHAVIORS: &str = "Changing behaviors needs the admin role.";
pub const DESCRIPTION: &str = "Description";
pub const CHANGE: &str = "Change";
pub const UNDO: &str = "Undo";
pub const UNSAVED: &str = "Unsaved changes";
pub const NO_LEVEL: &str = "No level";
pub const NOTHING_LEFT: &str = "Nothing is left to save: Cloudflare already has it like this.";
pub const LEAVE_TITLE: &str = "Leave without saving?";
pub const STAY: &str = "Stay";
pub const LEAVE: &str = "Discard and leave";

pub fn unsaved(changes: usize) -> String {
    count(changes as u64, "unsaved change", "unsaved changes")
}

pub fn on_off(on: bool) -> &'static str {
    if on { ON } else { OFF }
}

/// The name of a behavior's level control.
pub fn risk_level_of(behavior: &str) -> String {
    format!("{RISK_LEVEL} of {behavior}")
}

pub fn undo_change(behavior: &str) -> String {
    format!("{UNDO} change of {behavior}")
}

/// A behavior's level, where having none is no "unscored".
pub fn setting_level(level: Option<&RiskLevel>) -> String {
    level.map_or_else(|| NO_LEVEL.to_owned(), |level| self::level(Some(level)))
}

pub fn leave_note(what: &str) -> String {
    format!("{what} will be lost.")
}

// Integrations.

pub const OKTA_TENANT: &str = "Okta tenant";
pub const OKTA_TENANT_URL: &str = "Okta tenant URL";
pub const OKTA_TENANT_HINT: &str = "The tenant's own address, such as https://acme.okta.com";
pub const REFERENCE_ID: &str = "Reference ID";
pub const REFERENCE_HINT: &str = "By convention the Access-Okta IdP id: the UUID of the Okta identity provider in Zero Trust. Any text works; left empty, Cloudflare makes one.";
pub const REFERENCE_KEEP_HINT: &str = "By convention the Access-Okta IdP id: the UUID of the Okta identity provider in Zero Trust. Any text works; it can't be empty here.";
pub const CUSTOM_DOMAIN_HINT: &str = "This looks like a custom domain. Cloudflare takes the tenant's own address, which ends in okta.com or oktapreview.com.";
pub const ACTIVE: &str = "Active";
pub const ACTIVE_HINT: &str = "A paused integration sends no changes of risk to Okta.";
pub const PAUSED: &str = "Paused";
pub const STATUS: &str = "Status";
pub const CREATED: &str = "Created";
pub const CREATE_INTEGRATION: &str = "Create integration";
pub const CREATING: &str = "Creating …";
pub const SAVE: &str = "Save";
pub const DELETE: &str = "Delete";
pub const DELETING: &str = "Deleting …";
pub const FIND_REFERENCE: &str = "Find by reference ID";
pub const FIND: &str = "Find";
pub const FOUND_WITHOUT_ID: &str = "Cloudflare found one, but reports no ID for it.";
pub const THE_SEARCH: &str = "the search";
pub const COPY_REFERENCE: &str = "Copy reference ID";
pub const TYPED: &str = "What you typed";
pub const NOTHING_TO_SAVE: &str = "Nothing to save";
pub const COPY_WELL_KNOWN: &str = "Copy well-known URL";
pub const ALL_INTEGRATIONS: &str = "All integrations";
pub const NO_INTEGRATIONS: &str = "No integrations";
pub const NO_INTEGRATIONS_NOTE: &str =
    "Levels stay inside Cloudflare. Create an integration to send them to Okta.";
pub const INTEGRATION_GONE: &str = "No such integration";
pub const INTEGRATION_GONE_NOTE: &str =
    "Cloudflare knows no integration with this ID. Someone may have deleted it.";
pub const BAD_INTEGRATION_ID: &str = "The address holds no valid integration ID. It looks like 9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10.";
pub const HOST_NAME: &str = "Host name";
pub const CREATED_NOT_PAUSED: &str =
    "The integration was created, but pausing it failed, so it may be active.";
pub const BAD_REFERENCE: &str =
    "A reference ID is 1 to 256 characters without slashes or control characters.";
pub const VIEW_ONLY_INTEGRATIONS: &str = "Changing integrations needs the admin role.";
pub const SETTINGS: &str = "Settings";
pub const DELETE_INTEGRATION: &str = "Delete integration";
pub const DELETE_NOTE: &str =
    "Okta is no longer told of changes of risk. To stop only for a while, pause it instead.";

pub fn delete_title(host: &str) -> String {
    format!("Delete {host}?")
}

pub fn delete_effect(host: &str) -> String {
    format!(
        "Okta is no longer told of changes of risk by this integration, and its stream in Okta stops working. This can't be undone. Type {host} to confirm."
    )
}

pub fn deleted(host: &str) -> String {
    format!("{host} deleted")
}

pub fn created(host: &str) -> String {
    format!("{host} created")
}

pub fn activated(host: &str) -> String {
    format!("{host} is active")
}

pub fn paused(host: &str) -> String {
    format!("{host} is paused")
}

/// The name of an integration's switch, where there are several.
pub fn active_of(host: &str) -> String {
    format!("{ACTIVE}: {host}")
}

pub fn status(active: bool) -> &'static str {
    if active { ACTIVE } else { PAUSED }
}

/// "pausing acme.okta.com", as what failed.
pub fn switching(host: &str, active: bool) -> String {
    if active { format!("activating {host}") } else { format!("pausing {host}") }
}

/// Why a new integration is active although it was to be paused.
pub fn created_not_paused(error: Option<&NotChanged>) -> String {
    let why = error.map(|error| {
        let explained = explain_change(THE_PAUSE, error);
        format!("{} {}", explained.failed, explained.advice)
    });
    format!("{CREATED_NOT_PAUSED} {}", why.unwrap_or_default()).trim_end().to_owned()
}

/// What there is after a creation of which nobody knows whether it was made.
pub fn there_are(count: usize, host: &str) -> String {
    let integrations = self::count(count as u64, "integration", "integrations");
    format!("Cloudflare now lists {integrations} for {host}: look there before you try again.")
}

pub fn no_reference(reference: &str) -> String {
    format!("No integration has the reference ID {reference}")
}

/// What is wrong with a tenant URL, next to its field.
pub fn tenant_url(error: TenantUrlError) -> &'static str {
    match error {
        TenantUrlError::Empty => "Enter the tenant's URL.",
        TenantUrlError::NotHttps => "Start with https://, as in https://acme.okta.com.",
        TenantUrlError::UserInfo => "Leave out the user name: the URL is https:// and the host.",
        TenantUrlError::Port => "Leave out the port: the URL is https:// and the host.",
        TenantUrlError::NotHostOnly => "End after the host name, as in https://acme.okta.com.",
        TenantUrlError::IpAddress => "Use the tenant's host name, not an IP address.",
        TenantUrlError::Local => {
            "Use the tenant's public host name: Cloudflare can't reach a local one."
        }
        TenantUrlError::Host => "This is no valid host name. It looks like acme.okta.com.",
    }
}

// The audit log.

pub const AUDIT_LOG: &str = "Audit log";
pub const THE_AUDIT_LOG: &str = "the audit log";
pub const AUDIT_NEEDS_ADMIN: &str =
    "Reading the audit log needs the admin role. Whoever runs Riskdesk gives it, in the settings.";
pub const IN_AUDIT_LOG: &str = "Changes in the audit log";
pub const WHEN: &str = "When";
pub const ACTOR: &str = "Actor";
pub const ACTOR_HINT: &str = "The whole name or address, in whatever case";
pub const TARGET: &str = "Target";
pub const TARGET_HINT: &str = "An ID, or the whole name at the time, in whatever case";
pub const OUTCOME: &str = "Outcome";
pub const ALL_CHANGES: &str = "All changes";
pub const ALL_OUTCOMES: &str = "All outcomes";
pub const SINCE: &str = "From (UTC)";
pub const UNTIL: &str = "To";
pub const NEWEST: &str = "Newest";
pub const OLDER: &str = "Older";
pub const NO_LINES: &str = "No changes on record";
pub const NO_LINES_NOTE: &str =
    "Every reset and every change of a behavior or an integration appears here, with its reason.";
pub const NO_LINES_MATCH: &str = "No changes match";
pub const SHOW_ALL_CHANGES: &str = "Show all changes";
pub const ODD_AUDIT_QUERY: &str = "The address asks for something the log doesn't know:";
pub const ROLE: &str = "Role";
pub const REQUEST_ID: &str = "Request ID";
pub const CF_RAY: &str = "Cf-Ray";
pub const BATCH: &str = "Batch";
pub const TARGET_ID: &str = "Target ID";
pub const HASH: &str = "Hash";
pub const FINISHED: &str = "Finished";
pub const NONE: &str = "none";
pub const GONE: &str = "deleted";
pub const OUTCOME_NOTE: &str = "No answer is on record, so it is not known whether this changed anything. A look at what there is now can tell.";
pub const LOOK_NOW: &str = "Look at the current state";
pub const THE_CURRENT_STATE: &str = "the current state";
pub const CHANGE_IS_THERE: &str = "Read just now: the change is there.";
pub const CHANGE_IS_NOT_THERE: &str =
    "Read just now: the change is not there. It was not made, or something has changed since.";
pub const EXPORT_CSV: &str = "Export CSV";
pub const EXPORT_JSONL: &str = "Export JSON lines";
pub const EXPORTING: &str = "Reading the lines …";
pub const NOT_SAVED: &str = "The browser did not take the file.";

pub fn exported(count: usize) -> String {
    format!("{} exported", self::count(count as u64, "line", "lines"))
}

pub fn line_details(what: &str, id: u64) -> String {
    format!("Details of line {id}: {what}")
}

pub fn copy_of(label: &str) -> String {
    format!("Copy {label}")
}

/// What a change does, by its operation's name.
pub fn operation(name: &str) -> &'static str {
    match name {
        "reset_user" => "Reset risk of",
        "update_behaviors" => "Change",
        "create_integration" => "Create integration",
        "update_integration" => "Change integration",
        "delete_integration" => "Delete integration",
        _ => "Other change of",
    }
}

pub fn audit_state(state: AuditState) -> &'static str {
    match state {
        AuditState::Intent => "Under way",
        AuditState::Succeeded => "Succeeded",
        AuditState::Refused => "Refused",
        AuditState::Failed => "Failed",
        AuditState::Unknown => "Outcome unknown",
    }
}

/// A field of the vendor's, by its label; a behavior's key stays as it is.
pub fn field(name: &str) -> &str {
    match name {
        "enabled" => ENABLED,
        "risk_level" => RISK_LEVEL,
        "tenant_url" => OKTA_TENANT_URL,
        "reference_id" => REFERENCE_ID,
        "active" => ACTIVE,
        "integration_type" => "Type",
        name => name,
    }
}

// The frame.

pub const MAIN: &str = "Main";
pub const WHO: &str = "the question of who is signed in";
pub const SIGN_OUT: &str = "Sign out";
pub const SIGN_IN: &str = "Sign in in a new tab";
pub const RELOAD: &str = "Reload";
pub const NOT_LOADED: &str = "Page not loaded";
pub const NOT_LOADED_WHY: &str = "This page's part of Riskdesk could not be loaded.";
pub const DIALOG_NOT_LOADED: &str =
    "A part of Riskdesk could not be loaded. Nothing changed. Reload to try again.";
pub const NOT_LOADED_ADVICE: &str =
    "There may be a newer version, or no connection. Nothing changed. Reload to try again.";
pub const EXPIRED_TITLE: &str = "Your session expired";
pub const EXPIRED_NOTE: &str = "Sign in again in a new tab, then come back and go on: what you typed is still here. Reloading this page signs you in as well, and drops what is not saved.";

pub fn role(role: Role) -> &'static str {
    match role {
        Role::Viewer => "Viewer",
        Role::Operator => "Operator",
        Role::Admin => "Admin",
    }
}

pub fn theme(theme: &str) -> &'static str {
    match theme {
        "light" => "Light",
        "dark" => "Dark",
        _ => "System",
    }
}
pub const STALE: &str = "Not refreshed: what you see was read";
pub const THE_USERS: &str = "the list of users";
pub const READING_USERS: &str = "Reading the list of users";
pub const THE_USER: &str = "this user's events";
pub const THE_BEHAVIORS: &str = "the behaviors";
pub const THE_INTEGRATIONS: &str = "the integrations";
pub const THE_INTEGRATION: &str = "this integration";
pub const THE_RESET: &str = "the reset";
pub const THE_CHANGES: &str = "the changes";
pub const THE_CREATION: &str = "the new integration";
pub const THE_DELETION: &str = "the deletion";
pub const THE_PAUSE: &str = "pausing it";

/// Beside a failure that is tried again by itself.
pub fn retried_in(seconds: i64) -> String {
    format!("Next try in {seconds} s.")
}

/// A count in few characters: "9", "120", "9.5k".
pub fn short(count: usize) -> String {
    match count {
        0..1_000 => count.to_string(),
        1_000..10_000 => format!("{}.{}k", count / 1_000, count % 1_000 / 100),
        _ => format!("{}k", count / 1_000),
    }
}
