//! The Worker as a whole, in wrangler's local runtime, between an Access and an upstream of the
//! tests' own.
//!
//! - `abuse`: the conformance table, the malformed requests and the payloads
//! - `verdicts`: where the runtime's HTTP layer makes the table's verdict another, each with its reason
//! - `log`: what the audit log on D1 promises: through many changes at a time, and through a kill

mod abuse;
mod log;
mod site;
mod verdicts;
