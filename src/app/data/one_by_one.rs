//! Reads the events of many people, one after another: for what needs more of people than the
//! summary has.
//!
//! It keeps within the limit for a caller (120 requests a minute) and so within the vendor's (1,200
//! in five minutes), stops when it is told to or the page goes, and waits where Cloudflare asks to.

use std::time::Duration;

use leptos::prelude::*;
use model::{RiskEvents, UserId};

use super::Error;
use crate::clock;

/// The first ones are read without a pause.
const AT_ONCE: usize = 40;
const PAUSE: Duration = Duration::from_millis(800);

/// One run at a time: the number of the last one, so that one that was stopped finds another.
#[derive(Clone, Copy, Debug)]
pub struct OneByOne(StoredValue<u32>);

impl OneByOne {
    /// What ends with the page that makes it.
    pub fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// Ends the run that is under way; nothing of it is heard any more.
    pub fn stop(self) {
        self.0.update_value(|run| *run += 1);
    }

    /// Hands what is read of each of the people to `each`, in their order, and calls `done` after
    /// the last. Ends the run before.
    pub fn read(
        self,
        people: Vec<UserId>,
        mut each: impl FnMut(UserId, Result<RiskEvents, Error>) + 'static,
        done: impl FnOnce() + 'static,
    ) {
        self.stop();
        let run = self.0.get_value();
        let goes_on = move || self.0.try_get_value() == Some(run);
        leptos::task::spawn_local(async move {
            for (index, id) in people.into_iter().enumerate() {
                if index >= AT_ONCE {
                    clock::sleep(PAUSE).await;
                }
                let answer = loop {
                    if !goes_on() {
                        return;
                    }
                    let answer = super::user(id).await;
                    let Some(seconds) = answer.as_ref().err().and_then(Error::retry_after) else {
                        break answer;
                    };
                    clock::sleep(Duration::from_secs(seconds.into())).await;
                };
                if !goes_on() {
                    return;
                }
                each(id, answer);
            }
            if goes_on() {
                done();
            }
        });
    }
}
