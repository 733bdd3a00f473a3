//! What whoever shows the demo has set: one fault, and how late every answer is.

use std::collections::BTreeSet;

use bytes::Bytes;
use model::{DemoFault, Latency, Operation, UserId};

use crate::reply::Reply;

/// One reset in so many fails.
const RESETS: u32 = 5;

/// How long to wait once the limit is met, in seconds: short enough to be seen to end.
const LIMITED: i64 = 10;

#[derive(Default)]
pub(crate) struct Conditions {
    pub fault: DemoFault,
    pub latency: Latency,
    /// How many resets there were since the fault was set.
    resets: u32,
    /// Whose reset failed since then: it fails once.
    failed: BTreeSet<UserId>,
}

impl Conditions {
    pub(crate) fn set_fault(&mut self, fault: DemoFault) {
        self.fault = fault;
        self.resets = 0;
        self.failed.clear();
    }

    /// The failure in place of an answer, if there is to be one: nothing is read or changed.
    pub(crate) fn strike(&mut self, operation: &Operation) -> Option<Reply> {
        match (self.fault, operation) {
            (DemoFault::Resets, Operation::ResetUser(id)) if !self.failed.contains(id) => {
                let number = self.resets;
                self.resets = (number + 1) % RESETS;
                (number == 0).then(|| {
                    self.failed.insert(*id);
                    Reply::internal()
                })
            }
            (DemoFault::List, Operation::Summary) => {
                Some(Reply::raw(Bytes::from_static(b"{\"result\":{\"users\":[")))
            }
            (DemoFault::RateLimit, _) => Some(Reply::rate_limited(LIMITED)),
            (DemoFault::Down, _) => Some(Reply::html_error()),
            (DemoFault::None | DemoFault::Resets | DemoFault::List, _) => None,
        }
    }
}
