//! The demo without a server: the gate with the demo's identity, the simulator and the audit log,
//! for a browser's tab. A request and a time go in, an answer and how late it is come out.
//!
//! - [`desk`]: one request, through gate, simulator and log
//! - [`journal`]: what was changed, so that a page that is loaded again finds it changed
//!
//! `main.rs` is what runs it in a Web Worker; `page/` the scripts that have a page ask it in place
//! of the network.

pub mod desk;
pub mod journal;
#[cfg(test)]
mod tests;

pub use desk::{Desk, Pending};
pub use journal::Entry;
