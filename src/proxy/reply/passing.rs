//! An answer that is passed on while it comes: the summary of a large account, which nobody has
//! the memory to hold.
//!
//! Its status has gone out when a fault is found, so all that is left is to break the connection
//! off. Whoever reads it must not take the half for the whole, even where a connection's end looks
//! like any other (HTTP/1.0): the envelope's last brace is held back until the end has come and
//! all was good.

use bytes::Bytes;
use http::Response;

use super::{
    json::Json,
    known::{Named, Naming},
};
use crate::refusal::Fault;

/// What has been seen of it, and whether it may go on.
#[derive(Debug)]
pub struct Passing {
    json: Json,
    /// How many more bytes it may have.
    left: usize,
    named: Option<Named>,
}

impl Passing {
    pub(super) fn new(most: usize) -> Self {
        Self { json: Json::default(), left: most, named: None }
    }

    /// Gives an answer that has begun its tag, by which it is known again once all of it has
    /// passed.
    pub fn name(&mut self, naming: &Naming, answer: &mut Response<Bytes>) {
        let mut named = naming.name(answer.body());
        named.name.put_for_reading(answer.headers_mut());
        named.take(answer.body());
        self.named = Some(named);
    }

    /// Has its tag stand for nothing that is known: it is not worth holding.
    pub fn forget(&mut self) {
        self.named = None;
    }

    /// What of the next bytes may be passed on.
    ///
    /// # Errors
    /// They make it too large, or can't be part of a JSON envelope: break it off.
    pub fn take(&mut self, bytes: &Bytes) -> Result<Bytes, Fault> {
        self.left = self.left.checked_sub(bytes.len()).ok_or(Fault::TooLarge)?;
        let good = self.json.take(bytes).map_err(|_| Fault::Unreadable)?;
        let good = bytes.slice(..good);
        if let Some(named) = &mut self.named {
            named.take(&good);
        }
        Ok(good)
    }

    /// The last bytes to pass on, once the upstream has ended.
    ///
    /// # Errors
    /// It ended early: break it off.
    pub fn finish(self) -> Result<Bytes, Fault> {
        self.end(None)
    }

    /// The same of an answer whose head was not sent yet: it gets the tag of its content.
    ///
    /// # Errors
    /// It ended early.
    pub fn finish_held(self, answer: &mut Response<Bytes>) -> Result<Bytes, Fault> {
        self.end(Some(answer))
    }

    fn end(self, answer: Option<&mut Response<Bytes>>) -> Result<Bytes, Fault> {
        if !self.json.is_whole() {
            return Err(Fault::Unreadable);
        }
        let last = Bytes::from_static(b"}");
        if let Some(mut named) = self.named {
            named.take(&last);
            let content = named.learn();
            if let Some(answer) = answer {
                content.put_for_reading(answer.headers_mut());
            }
        }
        Ok(last)
    }
}
