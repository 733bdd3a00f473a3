//! What was read, with what stands for that state.

use std::ops::Deref;

/// Something that was read, and its entity tag (RFC 9110 §8.8.3): a change that carries the tag is
/// refused where somebody else has changed the thing meanwhile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tagged<T> {
    pub value: T,
    /// With its quotes, as `If-Match` takes it.
    pub tag: Option<String>,
}

impl<T> Deref for Tagged<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A strong tag. What compresses answers on the way may have made it a weak one, which no change
/// can be held to; the state that it stands for is the same.
pub(crate) fn strong(tag: String) -> String {
    tag.strip_prefix("W/").map(str::to_owned).unwrap_or(tag)
}
