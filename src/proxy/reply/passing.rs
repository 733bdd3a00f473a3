//! An answer that is passed on while it comes: the summary of a large account, which nobody has
//! the memory to hold.
//!
//! Its status has gone out when a fault is found, so all that is left is to break the connection
//! off. Whoever reads it must not take the half for the whole, even where a connection's end looks
//! like any other (HTTP/1.0): the envelope's last brace is held back until the end has come and
//! all was good.

use bytes::Bytes;

use super::json::Json;
use crate::refusal::Fault;

/// What has been seen of it, and whether it may go on.
#[derive(Debug)]
pub struct Passing {
    json: Json,
    /// How many more bytes it may have.
    left: usize,
}

impl Passing {
    pub(super) fn new(most: usize) -> Self {
        Self { json: Json::default(), left: most }
    }

    /// What of the next bytes may be passed on.
    ///
    /// # Errors
    /// They make it too large, or can't be part of a JSON envelope: break it off.
    pub fn take(&mut self, bytes: &Bytes) -> Result<Bytes, Fault> {
        self.left = self.left.checked_sub(bytes.len()).ok_or(Fault::TooLarge)?;
        let good = self.json.take(bytes).map_err(|_| Fault::Unreadable)?;
        Ok(bytes.slice(..good))
    }

    /// The last bytes to pass on, once the upstream has ended.
    ///
    /// # Errors
    /// It ended early: break it off.
    pub fn finish(self) -> Result<Bytes, Fault> {
        if self.json.is_whole() { Ok(Bytes::from_static(b"}")) } else { Err(Fault::Unreadable) }
    }
}
