//! The client: an [`Operation`](model::Operation) and a [`Transport`] give a typed answer.
//!
//! - [`client`]: one method an operation, named as the operation is
//! - [`transport`]: what a host must be able to do: send a request, hand back the answer
//! - [`error`]: what can go wrong, and whether a failed write may have taken effect

pub mod client;
pub mod error;
pub mod transport;

pub use client::{AuditLine, AuditPage, Client};
pub use error::{Effect, Error};
pub use transport::{Request, Response, Transport, Unreachable};
