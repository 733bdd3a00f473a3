//! The menu of the demo.

use model::{DemoFault, Scenario};

pub const NOTE: &str = "Everything here is simulated. Nothing reaches Cloudflare.";
pub const SCENARIO: &str = "Scenario";
pub const SCENARIO_NOTE: &str =
    "Choosing one starts anew for everybody who looks. The audit log stays.";
pub const FAULT: &str = "Fault";
pub const LATENCY: &str = "Added latency";
pub const EVENTS_ARRIVE: &str = "Events arrive";
pub const EVENTS_ARRIVE_NOTE: &str =
    "One every 15 seconds, for 50 minutes. The list of users looks each minute.";
pub const STORIES: &str = "Stories";
pub const THE_DEMO: &str = "the demo’s settings";
pub const SET: &str = "The demo is set.";

pub fn scenario(scenario: Scenario) -> &'static str {
    match scenario {
        Scenario::Quiet => "Quiet: few people, nobody high",
        Scenario::Morning => "Morning: all levels, a sweep of 40",
        Scenario::Incident => "Incident: 41 people at once, a file",
        Scenario::Outage => "Outage: Cloudflare comes and goes",
    }
}

pub fn begun(scenario: Scenario) -> String {
    format!("The demo starts anew: scenario {scenario}")
}

pub fn fault(fault: DemoFault) -> &'static str {
    match fault {
        DemoFault::None => "None",
        DemoFault::Resets => "One reset in five fails",
        DemoFault::List => "The list of users breaks off",
        DemoFault::RateLimit => "Too many requests",
        DemoFault::Down => "Cloudflare fails",
    }
}

pub fn latency(millis: u16) -> String {
    match millis {
        0 => "None".to_owned(),
        500 => "0.5 seconds".to_owned(),
        millis => format!("{} seconds", millis / 1_000),
    }
}

/// The titles of the stories.
pub const INCIDENT: &str = "An incident: 41 people travel impossibly";
pub const SWEEP: &str = "An incident: 40 people travel impossibly";
pub const TRAVELERS: &str = "Those who traveled, the latest first";
pub const MANY_EVENTS: &str = "A person with 10,000 events";
pub const BACK_AGAIN: &str = "A person who was reset and is back";
pub const RESET_REFUSED: &str = "A reset that is refused";
pub const RESET_TIMES_OUT: &str = "A reset that gets no answer";
pub const FAILURES: &str = "All that fails, each in its way";
pub const WHAT_IF: &str = "What other risk levels would do";
pub const PAUSED: &str = "A paused integration";
pub const ON_RECORD: &str = "What was changed, on record";
