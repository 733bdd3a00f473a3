//! Everyone at risk: read, searched and sorted by the finder, beside the page.
//!
//! - [`read`] is what the cache calls: who was read, by levels. The people stay with the finder
//! - [`use_view`] asks the finder for one page of them, whenever what is asked changes
//! - [`ask`] asks for one page once, of any size, for what goes through all of them

use std::{
    cell::{Cell, RefCell},
    collections::{HashMap, VecDeque},
    future::poll_fn,
    sync::Arc,
    task::{Poll, Waker},
};

use api::{Error, Response};
use columns::{
    LevelCounts, Page, Question, View,
    wire::{Failure, Tell, Told},
};
use futures_channel::oneshot;
use leptos::prelude::*;

use super::{
    Source,
    cache::{Query, fail_people},
    source,
};
use crate::finder::{self, Heard};

/// Everyone, as they were read.
#[derive(Clone, Debug, PartialEq)]
pub struct Everyone {
    /// The number of the read.
    read: u32,
    pub levels: LevelCounts,
}

/// How much of the summary has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    pub bytes: u64,
    /// How much will come, if that is known.
    pub of: Option<u64>,
}

/// A read under way.
struct Reading {
    number: u32,
    waker: Option<Waker>,
    outcome: Option<Result<LevelCounts, Failed>>,
}

/// Why a read failed.
enum Failed {
    ByAnswer(Failure),
    Broken { detail: String },
}

/// How many views are remembered, so that going back shows them at once.
const REMEMBERED: usize = 8;

/// What a view is of: the number of the read, and what was asked.
type Asked = (u32, Question, Page);

/// A view, and what it answers: not always what is asked by now.
#[derive(Clone, Debug)]
pub struct Answer {
    pub question: Question,
    pub view: Arc<View>,
}

/// Where an answer is shown.
type Shown = ArcRwSignal<Option<Answer>>;

/// What waits for a view.
enum Waits {
    Shown(Asked, Shown),
    Once(oneshot::Sender<View>),
}

thread_local! {
    /// The latest number given. The first is that of the read that the page starts with.
    static NUMBER: Cell<u32> = const { Cell::new(0) };
    static READING: RefCell<Option<Reading>> = const { RefCell::new(None) };
    static PROGRESS: ArcRwSignal<Option<Progress>> = ArcRwSignal::new(None);
    /// What waits for a view, by the number of what it asked.
    static WAITING: RefCell<HashMap<u32, Waits>> = RefCell::default();
    static KNOWN: RefCell<VecDeque<(Asked, Arc<View>)>> = RefCell::default();
}

fn next_number() -> u32 {
    NUMBER.set(NUMBER.get() + 1);
    NUMBER.get()
}

/// Reads everyone. Dropping this ends the read, unless another has begun.
pub(super) async fn read() -> Result<Everyone, Error> {
    struct Stop(u32);
    impl Drop for Stop {
        fn drop(&mut self) {
            let number = self.0;
            let mine = |reading: &mut Reading| reading.number == number;
            if READING.with_borrow_mut(|reading| reading.take_if(mine)).is_some() {
                let _ = finder::tell(&Tell::Stop { number }, hear);
            }
            PROGRESS.with(|progress| progress.set(None));
        }
    }
    let number = next_number();
    READING.set(Some(Reading { number, waker: None, outcome: None }));
    let _stop = Stop(number);
    let Source { browser, account, .. } = source();
    finder::tell(&Tell::Read { number, account }, hear).map_err(|detail| Error::Host { detail })?;
    let outcome = poll_fn(|context| {
        READING.with_borrow_mut(|reading| {
            let Some(reading) = reading.as_mut().filter(|reading| reading.number == number) else {
                return Poll::Pending;
            };
            reading.waker = Some(context.waker().clone());
            reading.outcome.take().map_or(Poll::Pending, Poll::Ready)
        })
    });
    let outcome = outcome.await;
    // It has ended by itself.
    READING.set(None);
    match outcome {
        Ok(levels) => Ok(Everyone { read: number, levels }),
        Err(Failed::Broken { detail }) => Err(Error::Host { detail }),
        Err(Failed::ByAnswer(failure)) => Err(match failure {
            Failure::Unreachable { detail } => Error::Network { detail },
            Failure::Unreadable { status, ray, detail } => Error::Decode { status, detail, ray },
            Failure::Answer { status, content_type, ray, retry_after, body } => {
                let body = body.into_bytes();
                browser.explain(Response {
                    status,
                    content_type,
                    ray,
                    retry_after,
                    body,
                    etag: None,
                })
            }
        }),
    }
}

fn hear(heard: Heard) {
    match heard {
        Heard::Told(Told::Progress { number, bytes, of }) => {
            if READING.with_borrow(|reading| reading.as_ref().is_some_and(|r| r.number == number)) {
                PROGRESS.with(|progress| progress.set(Some(Progress { bytes, of })));
            }
        }
        Heard::Told(Told::Read { number, levels }) => end(Some(number), Ok(levels)),
        Heard::Told(Told::Failed { number, failure }) => {
            end(Some(number), Err(Failed::ByAnswer(failure)));
        }
        Heard::Told(Told::View { number, view }) => {
            // One that nobody waits for any more is late.
            match WAITING.with_borrow_mut(|waiting| waiting.remove(&number)) {
                Some(Waits::Shown(asked, shown)) => {
                    let view = Arc::new(view);
                    let question = asked.1.clone();
                    remember(asked, view.clone());
                    shown.set(Some(Answer { question, view }));
                }
                Some(Waits::Once(answer)) => drop(answer.send(view)),
                None => (),
            }
        }
        Heard::Broken { detail } => {
            let asked = WAITING.with_borrow_mut(|waiting| waiting.drain().count());
            if READING.with_borrow(Option::is_some) {
                end(None, Err(Failed::Broken { detail }));
            } else if asked > 0 {
                fail_people(Error::Host { detail });
            }
        }
    }
}

/// Ends the read of this number, or whichever there is.
fn end(number: Option<u32>, outcome: Result<LevelCounts, Failed>) {
    let waker = READING.with_borrow_mut(|reading| {
        let reading =
            reading.as_mut().filter(|reading| number.is_none_or(|n| n == reading.number))?;
        reading.outcome = Some(outcome);
        reading.waker.take()
    });
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// How much of a read under way has come.
pub fn progress() -> ArcRwSignal<Option<Progress>> {
    PROGRESS.with(ArcRwSignal::clone)
}

fn remember(asked: Asked, view: Arc<View>) {
    KNOWN.with_borrow_mut(|known| {
        known.retain(|(other, _)| *other != asked);
        known.truncate(REMEMBERED - 1);
        known.push_front((asked, view));
    });
}

fn remembered(asked: &Asked) -> Option<Answer> {
    KNOWN.with_borrow(|known| {
        let (_, view) = known.iter().find(|(other, _)| other == asked)?;
        Some(Answer { question: asked.1.clone(), view: view.clone() })
    })
}

/// The page of people that answers the question. While a new answer is on its way the last one
/// stays; nothing before the first.
pub fn use_view(
    people: Query<Everyone>,
    question: impl Fn() -> (Question, Page) + Send + Sync + 'static,
) -> Signal<Option<Answer>> {
    let asked = Memo::new(move |_| {
        let (question, page) = question();
        people.data().map(|everyone| (everyone.read, question, page))
    });
    // What is known from before is there from the start: a page that is come back to has its size.
    let known = asked.with_untracked(|asked| asked.as_ref().and_then(remembered));
    let view = ArcRwSignal::new(known);
    let waits = StoredValue::new(None);
    let forget = move || {
        if let Some(Some(number)) = waits.try_get_value() {
            WAITING.with_borrow_mut(|waiting| waiting.remove(&number));
        }
    };
    let shown = view.clone();
    Effect::new(move |_| {
        let Some(asked) = asked.get() else { return };
        forget();
        if let Some(known) = remembered(&asked) {
            shown.set(Some(known));
            return;
        }
        let number = next_number();
        let (_, question, page) = asked.clone();
        let waits_for = Waits::Shown(asked, shown.clone());
        WAITING.with_borrow_mut(|waiting| waiting.insert(number, waits_for));
        waits.set_value(Some(number));
        if let Err(detail) = finder::tell(&Tell::Ask { number, question, page }, hear) {
            fail_people(Error::Host { detail });
        }
    });
    on_cleanup(forget);
    Signal::derive(move || view.get())
}

/// One page of the people that were read last, of any size. Whoever asks for one after the other
/// holds `people.data()` of before against that of after: a read in between has other people.
///
/// # Errors
/// The finder broke.
pub async fn ask(question: Question, page: Page) -> Result<View, Error> {
    let number = next_number();
    let (answer, answered) = oneshot::channel();
    WAITING.with_borrow_mut(|waiting| waiting.insert(number, Waits::Once(answer)));
    finder::tell(&Tell::Ask { number, question, page }, hear)
        .map_err(|detail| Error::Host { detail })?;
    answered.await.map_err(|_| Error::Host { detail: "the finder broke".to_owned() })
}
