//! Access, from the request to the verdict.
//!
//! - `abuse`: the abuse cases of the conformance table, in this process
//! - `admission`: who is let in, and as what
//! - `published`: keys, by their size and number
//! - `rotation`: keys that change, fail to come or are asked for too often
//! - `wycheproof`: signatures and keys that have broken others
//! - `properties`: the parsers, over whatever comes
//! - `site` is a host without sockets

mod abuse;
mod admission;
mod properties;
mod published;
mod rotation;
mod site;
mod vitals;
mod wycheproof;

/// The native host's own check of signatures.
#[path = "../../../server/signature.rs"]
mod signature;
