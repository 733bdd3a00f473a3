//! What the Okta doctor says, and the steps of the set-up.

use model::doctor::{Check, Problem};

use super::count;

pub const OKTA_DOCTOR: &str = "Okta doctor";
pub const OKTA_DOCTOR_NOTE: &str = "Told from what Cloudflare reports. Riskdesk sends nothing to Okta, so it can't say whether a tenant answers.";

pub const SET_UP: &str = "Set-up";
pub const SET_UP_STEPS: &str = "Set-up steps";
pub const IN_CLOUDFLARE: &str = "In Cloudflare";
pub const IN_OKTA: &str = "In Okta";
pub const COPY_TENANT_URL: &str = "Copy tenant URL";
pub const SEE_BEHAVIORS: &str = "See behaviors";

/// The steps on Cloudflare's side; the second takes the tenant URL, the third the reference ID.
/// Source: Cloudflare One, "Send risk score to Okta".
pub const CLOUDFLARE_STEPS: [&str; 4] = [
    "In Zero Trust, add Okta as an identity provider, or open the one that is there.",
    "Its Okta account URL is the tenant's own address, the same as here:",
    "Its ID is the reference ID here, so that scripts find the one by the other:",
    "Turn behaviors on. While all are off nobody gets a level, and Okta hears of nobody.",
];

/// The steps on Okta's side, after Cloudflare's are done; the fourth takes the well-known URL.
pub const OKTA_STEPS: [&str; 5] = [
    "In Okta's admin console, open Security, then Device Integrations.",
    "Choose Receive shared signals, then Create stream.",
    "Name the stream, for example Cloudflare Zero Trust.",
    "Under Set up integration with, choose Well-known URL and paste:",
    "Choose Create. Okta now takes rises and resets of risk; acting on them needs Identity Threat Protection.",
];

/// What a check is of.
pub fn doctor_check(check: Check) -> &'static str {
    match check {
        Check::Https => "Tenant URL starts with https://",
        Check::Address => "Tenant URL is a public host name and nothing else",
        Check::OktaDomain => "Tenant URL is the tenant's own, not a custom domain",
        Check::TenantOnce => "No other integration has this tenant",
        Check::Reference => "Reference ID is a UUID",
        Check::ReferenceOnce => "No other integration has this reference ID",
        Check::WellKnown => "Well-known URL is absolute",
        Check::Account => "Belongs to this account",
        Check::Active => "Active",
    }
}

pub fn doctor_verdict(problem: Option<Problem>) -> &'static str {
    match problem {
        None => "Good",
        Some(problem) if problem.may_be_meant() => "Look",
        Some(_) => "Mend",
    }
}

/// How many of an integration's checks did not pass.
pub fn doctor_sum(problems: usize) -> String {
    match problems {
        0 => "Every check passed".to_owned(),
        problems => format!("{} to look at", count(problems as u64, "thing", "things")),
    }
}

/// What is wrong, and how to mend it.
pub fn doctor_problem(problem: Problem) -> String {
    let others = |others: usize, with: &str| {
        let others = count(others as u64, "other integration has", "other integrations have");
        format!("{others} {with}")
    };
    match problem {
        Problem::NotHttps => "Cloudflare can send over https only. Enter the URL in the form https://acme.okta.com.".to_owned(),
        Problem::Address(why) => super::tenant_url(why).to_owned(),
        Problem::CustomDomain => "The host is none of Okta's own. Enter the tenant's own address, which ends in okta.com or oktapreview.com.".to_owned(),
        Problem::TenantShared(n) => others(n, "the same tenant, so Okta may be told of each change more than once. Delete all but the one that Okta's stream uses."),
        Problem::NoReference => "Enter the UUID of the Okta identity provider in Zero Trust, so that scripts find this integration by it.".to_owned(),
        Problem::ReferenceNotUuid => "By convention it is the UUID of the Okta identity provider in Zero Trust. Any text works, if that is what your scripts ask for.".to_owned(),
        Problem::ReferenceShared(n) => others(n, "the same reference ID: a search for it finds only one of them. Give each its own."),
        Problem::NoWellKnown => "Cloudflare reports none, so Okta can't be set up. Refresh; if it stays away, delete the integration and create it anew.".to_owned(),
        Problem::WellKnownNotAbsolute => "Okta takes an absolute https URL. Ask Cloudflare's support for the host that belongs in front.".to_owned(),
        Problem::NoId => "Cloudflare reports no ID, so it can't be changed or deleted from here. Ask Cloudflare's support.".to_owned(),
        Problem::OtherAccount => "Cloudflare reports it for another account. Ask Cloudflare's support whose it is.".to_owned(),
        Problem::Paused => "Okta is told of no change of risk. Activate it above when it should be.".to_owned(),
    }
}
