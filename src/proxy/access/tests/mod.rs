//! Access, from the request to the verdict.
//!
//! - `cases`: the abuse cases as data, for any host; `abuse` runs them here
//! - `admission`: who is let in, and as what
//! - `rotation`: keys that change, fail to come or are asked for too often
//! - `wycheproof`: signatures and keys that have broken others
//! - `properties`: the parsers, over whatever comes
//! - `mint` makes keys and assertions, `site` is a host without sockets

mod abuse;
mod admission;
mod cases;
mod mint;
mod properties;
mod rotation;
mod site;
mod wycheproof;

/// The native host's own check of signatures.
#[path = "../../../server/signature.rs"]
mod signature;
