//! Room in memory for large answers, so that however many are asked for, only some are held at a
//! time: [`limits::LARGE_ANSWERS`], [`limits::HELD_ANSWERS`]. Who has room keeps it until the
//! answer has been sent, or its time is over. Small answers need none.

use std::sync::Arc;

use proxy::{limits, refusal::Fault};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

/// The room there is.
#[derive(Clone)]
pub struct Room {
    large: Arc<Semaphore>,
    held: Arc<Semaphore>,
}

impl Default for Room {
    fn default() -> Self {
        Self {
            large: Arc::new(Semaphore::new(limits::LARGE_ANSWERS)),
            held: Arc::new(Semaphore::new(limits::HELD_ANSWERS)),
        }
    }
}

/// What one answer takes of it; given back when dropped.
#[derive(Debug, Default)]
pub struct Taken {
    large: Option<OwnedSemaphorePermit>,
    held: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// Makes sure that there is room for an answer that has come to `size`. Whoever waits for the
    /// larger room has the smaller one already, so nobody waits in a circle.
    pub async fn for_size(&self, taken: &mut Taken, size: usize) -> Result<(), Fault> {
        if size > limits::SMALL_ANSWER && taken.large.is_none() {
            taken.large = Some(wait(&self.large).await?);
        }
        if size > limits::WHOLE_ANSWER && taken.held.is_none() {
            taken.held = Some(wait(&self.held).await?);
        }
        Ok(())
    }

    /// Room to hold an answer that could be passed on instead, if there is some right now.
    pub fn to_hold(&self, taken: &mut Taken) -> bool {
        if taken.held.is_none() {
            taken.held = self.held.clone().try_acquire_owned().ok();
        }
        taken.held.is_some()
    }
}

async fn wait(room: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, Fault> {
    let permit = timeout(limits::ROOM_TIME, room.clone().acquire_owned()).await;
    permit.ok().and_then(Result::ok).ok_or(Fault::Crowded)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn small_answers_need_none_and_large_ones_wait_their_turn() {
        let room = Room::default();
        let take = |size| {
            let room = room.clone();
            async move {
                let mut taken = Taken::default();
                room.for_size(&mut taken, size).await.map(|()| taken)
            }
        };
        let mut all = Vec::new();
        for _ in 0..limits::LARGE_ANSWERS - 1 {
            all.push(take(limits::SMALL_ANSWER + 1).now_or_never().expect("there is room"));
        }
        let whole = take(limits::WHOLE_ANSWER + 1).now_or_never().expect("there is room");
        assert!(take(limits::SMALL_ANSWER).now_or_never().is_some(), "it needs none");
        assert!(take(limits::SMALL_ANSWER + 1).now_or_never().is_none());
        all.pop();
        assert!(take(limits::WHOLE_ANSWER + 1).now_or_never().is_none(), "one is held already");
        let mut passing = take(limits::SMALL_ANSWER + 1).await.unwrap();
        assert!(!room.to_hold(&mut passing));
        drop(whole);
        assert!(room.to_hold(&mut passing));
    }
}
