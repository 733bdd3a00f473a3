//! The client: an [`Operation`](model::Operation) and a [`Transport`] give a typed answer.
//!
//! - [`client`]: one method an operation, named as the operation is
//! - [`transport`]: what a host must be able to do: send a request, hand back the answer
//! - [`error`]: what can go wrong, and whether a failed write may have taken effect
//! - [`tagged`]: what was read, with what stands for that state when it is changed
//!
//! No request is sent twice: a write whose outcome is unknown is for a person to look into.

pub mod client;
pub mod error;
pub mod tagged;
pub mod transport;

pub use client::{AuditLine, AuditPage, Client};
pub use error::{Effect, Error};
pub use tagged::Tagged;
pub use transport::{Request, Response, Transport, Unreachable};
