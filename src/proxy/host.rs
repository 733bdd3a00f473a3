//! What the gate needs of its host: the things that take a while, or a machine's own library.
//!
//! The futures need not be `Send`, so that a Worker can answer with its runtime's promises; on a
//! host whose futures are, the gate's are too.

use std::{future::Future, time::Duration};

use bytes::Bytes;
use http::Uri;

use crate::access::RsaKey;

pub trait Host {
    /// Whether `signature` is a good one of `message` by this key: RSASSA-PKCS1-v1_5 with SHA-256
    /// (RFC 7518 §3.3).
    fn is_signed(
        &self,
        key: &RsaKey,
        message: &[u8],
        signature: &[u8],
    ) -> impl Future<Output = bool>;

    /// The body at `url`, if a GET is answered 200 within [`crate::limits::KEYS_TIME`] and
    /// [`crate::limits::KEYS_BODY`]; no redirect is followed.
    fn fetch_keys(&self, url: &Uri) -> impl Future<Output = Option<Bytes>>;

    /// Has [`crate::Gate::refresh`] run now, in a task that goes on when the client of this
    /// request hangs up: a client must not be able to stop it for the others.
    fn refresh_soon(&self);

    /// Whether a change could be put on record now.
    fn can_record(&self) -> impl Future<Output = bool>;

    fn pause(&self, time: Duration) -> impl Future<Output = ()>;
}
