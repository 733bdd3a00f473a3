//! The Worker as a whole, in Cloudflare's runtime, between an Access and an upstream of the
//! tests' own.
//!
//! - `abuse`: the conformance table, the malformed requests and the payloads
//! - `verdicts`: where the runtime's HTTP layer makes the table's verdict another, each with its reason
//! - `faults`: what the upstream may do to us, and Access's keys
//! - `updates`: changes on top of what somebody else changed, and what has not changed, short
//! - `times`: how long a request takes
//! - `log`: what the audit log on D1 promises: through many changes at a time, and through a kill

mod abuse;
mod faults;
mod log;
mod site;
mod times;
mod updates;
mod verdicts;
