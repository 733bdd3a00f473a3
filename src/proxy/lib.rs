//! The proxy without its sockets: a request, a time and a policy give a verdict.
//!
//! No clock, no socket, no runtime: a host reads the request, asks the [`gate`], does what the
//! verdict says and writes the answer. Hosts hold no policy. In the order a request meets them:
//!
//! - [`gate`]: the one way in, readable top to bottom
//! - [`plain`]: no header that only some of those in between would see
//! - [`origin`]: is this address one of ours, and does a change come from our own app
//! - [`route`]: which of our addresses it is
//! - [`access`]: who is asking; nothing is forwarded without an [`access::Identity`]
//! - [`policy`]: what a gate goes by, and whether this role may do this
//! - [`settings`]: names and values to what a gate goes by
//! - [`input`]: query, body and reason, parsed and written anew
//! - [`forward`]: the upstream request, built from nothing; the token goes in last
//! - [`pace`]: how much goes upstream, when, and whether it is sent again
//! - [`change`], [`precondition`], [`audit`]: a change, whether it is made on top of what its author
//!   saw, and what goes on record about it before and after; [`turns`]: one change of a thing at a time
//! - [`reply`], [`etag`]: the upstream answer, scrubbed, and what stands for the state it shows
//! - [`encoding`]: in which form an answer is sent: compressed, and how
//! - [`demo`]: what the demo is set to, in the demo alone
//! - [`check`]: what the API token may do, tried out before anybody needs it
//! - [`assets`]: the app's own files
//! - [`host`]: what the gate needs of whoever runs it
//! - `fuzzing`: all that reads a stranger's bytes, for the fuzzers in `fuzz/`
//! - [`refusal`], [`answer`], [`headers`], [`limits`]: what all of the above say no with, answer
//!   with, dress every answer with and stop at

pub mod access;
mod answer;
pub mod assets;
pub mod audit;
pub mod change;
pub mod check;
pub mod demo;
pub mod encoding;
mod etag;
pub mod forward;
#[cfg(any(test, feature = "fuzzing"))]
pub mod fuzzing;
pub mod gate;
pub mod headers;
pub mod host;
mod input;
pub mod limits;
pub mod origin;
pub mod pace;
mod plain;
pub mod policy;
mod precondition;
pub mod refusal;
pub mod reply;
mod route;
pub mod settings;
#[cfg(test)]
mod testing;
pub mod token;
pub mod turns;

pub use access::{Access, Entry, Identity};
pub use change::Change;
pub use encoding::Encoding;
pub use forward::Forward;
pub use gate::{Gate, Verdict};
pub use host::Host;
pub use input::{Reason, Seen};
pub use origin::Hosts;
pub use pace::Pace;
pub use policy::{Policy, Upstream};
pub use refusal::Refusal;
pub use reply::Reply;
pub use settings::Settings;
pub use token::ApiToken;
