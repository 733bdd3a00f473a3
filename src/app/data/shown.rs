//! Which questions are shown: a read goes on while somebody waits for its answer, and no longer.

use std::{
    cell::RefCell,
    collections::HashMap,
    future::poll_fn,
    pin::pin,
    task::{Poll, Waker},
};

use leptos::prelude::on_cleanup;

use super::cache::Question;

#[derive(Default)]
struct Shown {
    /// How many components show the answer.
    by: usize,
    /// The read that waits for a change of that.
    reader: Option<Waker>,
}

thread_local! {
    static SHOWN: RefCell<HashMap<Question, Shown>> = RefCell::default();
}

/// Counts the component that is being made as one that shows the answer, until it goes.
pub(super) fn show(question: Question) {
    change(question, |by| by + 1);
    on_cleanup(move || change(question, |by| by.saturating_sub(1)));
}

fn change(question: Question, count: fn(usize) -> usize) {
    let reader = SHOWN.with_borrow_mut(|all| {
        let shown = all.entry(question).or_default();
        shown.by = count(shown.by);
        shown.reader.take()
    });
    if let Some(reader) = reader {
        reader.wake();
    }
}

/// Reads while the answer is shown: leaving drops the read, which ends its request, and coming
/// back starts it anew.
pub(super) async fn while_shown<F: Future>(question: Question, read: impl Fn() -> F) -> F::Output {
    loop {
        poll_fn(
            |context| {
                if is_shown(question, context.waker()) { Poll::Ready(()) } else { Poll::Pending }
            },
        )
        .await;
        let mut reading = pin!(read());
        let answer = poll_fn(|context| {
            if is_shown(question, context.waker()) {
                reading.as_mut().poll(context).map(Some)
            } else {
                Poll::Ready(None)
            }
        });
        if let Some(answer) = answer.await {
            return answer;
        }
    }
}

/// Whether anybody shows the answer; wakes the read when that changes.
fn is_shown(question: Question, reader: &Waker) -> bool {
    SHOWN.with_borrow_mut(|all| {
        let shown = all.entry(question).or_default();
        shown.reader = Some(reader.clone());
        shown.by > 0
    })
}
