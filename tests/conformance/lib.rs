//! What a host of the proxy must withstand, as one table for all hosts: the proxy's own tests put
//! it to the gate in their process, a host's tests put it to the built program over sockets.
//!
//! - [`cases`]: the table; [`payloads`]: paths and redirects made from small grammars
//! - [`Case`], [`Request`], [`Verdict`]: a row of it
//! - [`run`]: puts rows to a [`Host`] and counts; [`Socket`] is a host behind an address
//! - [`faults`]: what an upstream may do to a host, done by one that is [`faulty`]; [`updates`]: changes
//!   on top of what somebody else changed. Each is a function that a host's test calls
//! - [`Access`], [`Upstream`]: the servers a host stands between; [`mint`] makes keys and assertions;
//!   [`wire`] is HTTP by hand
//!
//! A new host needs [`Socket`] with its address, an [`Upstream`] that it was told to use, and an
//! [`Access`]; where its own HTTP layer answers first, [`Socket::accepting`] says so with a reason, and
//! where it leaves another request of what was sent, [`Socket::with_verdicts`] does.

mod access;
mod answer;
mod case;
pub mod cases;
#[expect(
    missing_docs,
    clippy::missing_panics_doc,
    reason = "their names say what they hold a host to"
)]
pub mod faults;
pub mod faulty;
pub mod mint;
pub mod payloads;
mod run;
mod socket;
#[expect(
    missing_docs,
    clippy::missing_panics_doc,
    reason = "their names say what they hold a host to"
)]
pub mod updates;
mod upstream;
pub mod wire;

pub use access::Access;
pub use answer::Answer;
pub use case::{Case, Request, Sent, Verdict};
pub use run::{Count, Host, run};
pub use socket::{Accept, Instead, Socket};
pub use upstream::{Call, HOSTILE, Upstream};

/// The account that the host under test serves.
pub const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";

/// The service's path with that account.
pub const RISK: &str = "/client/v4/accounts/0123456789abcdef0123456789abcdef/zt_risk_scoring";

/// A user's, and an integration's, identifier.
pub const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

/// The host's API token. It is nowhere but upstream.
pub const TOKEN: &str = "canary-token-77ab";

/// What the host is told of where people find it, and the name in it.
pub const PUBLIC_URL: &str = "https://riskdesk.example";
pub const PUBLIC_NAME: &str = "riskdesk.example";

/// Who is what: an address that is an admin's, one of a viewer, and a service that is an operator.
pub const ADMIN: &str = "admin@corp.example";
pub const VIEWER: &str = "ana@corp.example";
pub const OPERATOR: &str = mint::SERVICE;
