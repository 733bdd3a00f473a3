//! Whether a request that failed is sent once more: a read is, where that may help; a change never
//! is, since it may have been made.
//!
//! | of a read | next |
//! |---|---|
//! | not reached, or the connection broke off | again at once |
//! | 429 with a `Retry-After` of at most [`limits::RETRY_WAIT`] | again after that |
//! | anything else, or the second time | the answer |

use std::time::Duration;

use model::OperationKind;

use super::retry_after::Wait;
use crate::{limits, refusal::Fault};

/// How often a request may still be sent.
#[derive(Clone, Copy, Debug)]
pub struct Attempts {
    once_more: bool,
}

/// What to do after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Answer with what came of it.
    Answer,
    /// Wait so long, then send it again.
    Again(Duration),
}

impl Attempts {
    /// Of a read for our own use.
    #[must_use]
    pub fn of_a_look() -> Self {
        Self { once_more: true }
    }

    pub(crate) fn new(operation: OperationKind) -> Self {
        Self { once_more: !operation.is_write() }
    }

    pub(super) fn after_fault(&mut self, fault: Fault) -> Next {
        match fault {
            Fault::Unreachable | Fault::Broken => self.again(Duration::ZERO),
            // It took all the time there is, or would come to the same.
            Fault::Time
            | Fault::ConnectTime
            | Fault::Crowded
            | Fault::Redirect
            | Fault::Unreadable
            | Fault::TooLarge
            | Fault::Token => Next::Answer,
        }
    }

    pub(super) fn after_limit(&mut self, wait: Wait, left: Duration) -> Next {
        let Wait::Said(seconds) = wait else { return Next::Answer };
        let wait = Duration::from_secs(seconds.into());
        if wait > limits::RETRY_WAIT || wait >= left { Next::Answer } else { self.again(wait) }
    }

    fn again(&mut self, wait: Duration) -> Next {
        if std::mem::take(&mut self.once_more) { Next::Again(wait) } else { Next::Answer }
    }
}
