//! The body of an answer: whole, or passed on while it comes.

use std::pin::Pin;

use bytes::Bytes;
use futures_util::{Stream, stream};

/// Pieces; an error breaks the connection off.
pub type Pieces = Pin<Box<dyn Stream<Item = worker::Result<Vec<u8>>>>>;

pub enum Body {
    Whole(Bytes),
    Passing(Pieces),
}

impl Body {
    /// The pieces that one was read in; without any there is no body.
    pub fn held(pieces: Vec<Bytes>) -> Self {
        if pieces.is_empty() {
            return Self::Whole(Bytes::new());
        }
        let pieces = pieces.into_iter().map(|piece| Ok(piece.to_vec()));
        Self::Passing(Box::pin(stream::iter(pieces)))
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::Whole(bytes)
    }
}
