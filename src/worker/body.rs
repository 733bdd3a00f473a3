//! The body of an answer: whole, or passed on while it comes.

use std::pin::Pin;

use bytes::Bytes;
use futures_util::Stream;

/// Pieces; an error breaks the connection off.
pub type Pieces = Pin<Box<dyn Stream<Item = worker::Result<Vec<u8>>>>>;

pub enum Body {
    Whole(Bytes),
    Passing(Pieces),
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Whole(bytes)
    }
}
