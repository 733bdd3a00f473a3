//! The built program, run as a person runs it and spoken to over raw sockets.
//!
//! - `usage`: command line, exit codes, messages
//! - `demo`: the gate, an operation through it, roles, the record of a change
//! - `audit`, `killed`: the record of every change, through `kill -9`
//! - `lost_updates`: changes on top of what somebody else changed
//! - `app`: the app's files, or the word that they are missing
//! - `load`, `stopping`: slow, idle and many clients, large bodies; SIGTERM in the middle of it
//! - `faults`, `pace`: what the upstream may do to us; callers in a loop, and reads that are alike
//! - `serve`, `settings`: `riskdesk serve` and `riskdesk check`, with an Access of their own
//! - `abuse`: the conformance table, put to `riskdesk serve`
//! - `canary`: no secret is anywhere to be read
//! - `metrics`: what Prometheus reads, and `/readyz`
//! - `operations`: docs/operations.md names every metric and every field of the logs
//! - `deploy`: the unit, the tunnel and the example settings fit the program
//! - `packed`: compressed answers, and tags
//! - `simulator`: `riskdesk sim`

mod abuse;
mod app;
mod audit;
mod canary;
mod database;
mod demo;
mod deploy;
mod faults;
mod killed;
mod load;
mod lost_updates;
mod metrics;
mod operations;
mod pace;
mod packed;
mod program;
mod serve;
mod settings;
mod simulator;
mod stopping;
mod usage;
mod wire;
