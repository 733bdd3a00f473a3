//! Everyone at risk: read by the finder, beside the page; searched and sorted here.
//!
//! - [`read`] is what the cache calls
//! - [`use_view`] one page of them, whenever what is asked changes
//! - [`ask`] one page once, of any size, for what goes through all of them

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    sync::{Arc, Weak},
    task::{Poll, Waker},
    time::Duration,
};

use api::{Error, Response};
use chrono::{DateTime, Utc};
use columns::{Column, LevelCounts, Page, People, Question, View};
use finder::{Failure, Heard};
use leptos::prelude::*;

use super::{Source, cache::Query, source};
use crate::clock;

/// Everyone, as they were read.
#[derive(Clone, Debug)]
pub struct Everyone {
    people: Arc<People>,
    pub levels: LevelCounts,
}

impl PartialEq for Everyone {
    /// Whether they are of the same read.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.people, &other.people)
    }
}

impl Everyone {
    /// How many at each level had their last event between each two of the moments, which ascend.
    pub fn counts_between(&self, moments: &[DateTime<Utc>]) -> Vec<LevelCounts> {
        self.people.counts_between(moments)
    }
}

/// How much of the summary has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    pub bytes: u64,
    /// How much will come, if that is known.
    pub of: Option<u64>,
}

/// A page of people, and what it answers: not always what is asked by now.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub question: Question,
    pub view: Arc<View>,
}

/// A read that nothing came of yet.
struct Reading {
    /// Until its people are there.
    worker: Option<finder::Reading>,
    waker: Option<Waker>,
    outcome: Option<Result<Everyone, Failed>>,
}

/// Why a read failed.
enum Failed {
    ByAnswer(Failure),
    Broken { detail: String },
}

thread_local! {
    static READING: RefCell<Option<Reading>> = const { RefCell::new(None) };
    /// The worker that the latest people came from, until it has given all orders of them.
    static ORDERING: RefCell<Option<finder::Reading>> = const { RefCell::new(None) };
    /// The people that were read last, as long as anybody holds them, and the tag of their answer.
    static LATEST: RefCell<(Weak<People>, Option<String>)> = const { RefCell::new((Weak::new(), None)) };
    static PROGRESS: ArcRwSignal<Option<Progress>> = ArcRwSignal::new(None);
    /// Tells of each order that becomes ready.
    static ORDERS: ArcTrigger = ArcTrigger::new();
    /// What waits for one.
    static WAITING: RefCell<Vec<Waker>> = const { RefCell::new(Vec::new()) };
}

/// Reads everyone. Dropping this ends the read.
pub(super) async fn read() -> Result<Everyone, Error> {
    struct Stop;
    impl Drop for Stop {
        fn drop(&mut self) {
            drop(READING.take());
            PROGRESS.with(|progress| progress.set(None));
        }
    }
    let Source { browser, account, .. } = source();
    // Whoever has them needs not read them again.
    let (known, tag) = LATEST.with_borrow(|(people, tag)| (people.upgrade(), tag.clone()));
    let tag = tag.filter(|_| known.is_some());
    let subject = Subject { people: RefCell::new(known), given: Cell::new(false) };
    let worker = finder::read(&account, tag.as_deref(), move |heard| subject.hear(heard));
    let worker = worker.map_err(|detail| Error::Host { detail })?;
    READING.set(Some(Reading { worker: Some(worker), waker: None, outcome: None }));
    let _stop = Stop;
    let outcome = poll_fn(|context| {
        READING.with_borrow_mut(|reading| {
            let Some(reading) = reading else { return Poll::Pending };
            reading.waker = Some(context.waker().clone());
            reading.outcome.take().map_or(Poll::Pending, Poll::Ready)
        })
    });
    match outcome.await {
        Ok(everyone) => Ok(everyone),
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

/// Whom a read is about.
struct Subject {
    /// Those that were known before, then those that it gave.
    people: RefCell<Option<Arc<People>>>,
    given: Cell<bool>,
}

impl Subject {
    fn hear(&self, heard: Heard) {
        match heard {
            Heard::Progress { bytes, of } => {
                PROGRESS.with(|progress| progress.set(Some(Progress { bytes, of })));
            }
            Heard::People { people, tag } => {
                LATEST.set((Arc::downgrade(&people), tag));
                self.people.replace(Some(people.clone()));
                self.given.set(true);
                end(Ok(people));
                // The worker goes on, for the orders.
                let worker = READING.with_borrow_mut(|reading| reading.as_mut()?.worker.take());
                drop(ORDERING.replace(worker));
            }
            Heard::Unchanged => {
                if let Some(known) = self.people.borrow().clone() {
                    end(Ok(known));
                }
            }
            Heard::Failed(failure) => end(Err(Failed::ByAnswer(failure))),
            Heard::Order => order_came(self.people.borrow().as_deref()),
            Heard::Broken { detail } if !self.given.get() => end(Err(Failed::Broken { detail })),
            // What it left undone is done here. Another read may be under way by now.
            Heard::Broken { .. } => {
                if let Some(people) = self.people.borrow().as_deref() {
                    Column::ALL.into_iter().for_each(|column| people.prepare(column));
                    order_came(Some(people));
                }
            }
        }
    }
}

/// Ends the read under way.
fn end(outcome: Result<Arc<People>, Failed>) {
    let waker = READING.with_borrow_mut(|reading| {
        let reading = reading.as_mut()?;
        let outcome = outcome.map(|people| Everyone { levels: people.levels(), people });
        reading.outcome = Some(outcome);
        reading.waker.take()
    });
    if let Some(waker) = waker {
        waker.wake();
    }
}

fn order_came(people: Option<&People>) {
    let all = |people: &People| Column::ALL.iter().all(|column| people.is_ready(*column));
    if people.is_some_and(all) {
        drop(ORDERING.take());
    }
    ORDERS.with(ArcTrigger::notify);
    WAITING.take().into_iter().for_each(Waker::wake);
}

/// How much of a read under way has come.
pub fn progress() -> ArcRwSignal<Option<Progress>> {
    PROGRESS.with(ArcRwSignal::clone)
}

/// The page of people that answers the question. Until it can be given the last one stays; nothing
/// before the first.
pub fn use_view(
    people: Query<Everyone>,
    question: impl Fn() -> (Question, Page) + Send + Sync + 'static,
) -> Signal<Option<Answer>> {
    let asked = Memo::new(move |_| {
        let (question, page) = question();
        people.data().map(|everyone| (everyone, question, page))
    });
    let view = Memo::new(move |last: Option<&Option<Answer>>| {
        asked.with(|asked| {
            let (everyone, question, page) = asked.as_ref()?;
            if !everyone.people.is_ready(question.sort.column) {
                ORDERS.with(ArcTrigger::track);
                return last.cloned().flatten();
            }
            let view = Arc::new(everyone.people.view(question, *page));
            Some(Answer { question: question.clone(), view })
        })
    });
    view.into()
}

/// One page of the people that were read last, of any size; the page answers what a person did
/// before. Whoever asks for one after the other holds `people.data()` of before against that of
/// after: a read in between has other people.
///
/// # Errors
/// Nobody was read yet.
pub async fn ask(question: Question, page: Page) -> Result<View, Error> {
    let people = LATEST.with_borrow(|(people, _)| people.upgrade());
    let people = people.ok_or_else(|| Error::Host { detail: "nobody was read yet".to_owned() })?;
    // What waits for the page's thread comes first.
    clock::sleep(Duration::ZERO).await;
    poll_fn(|context| {
        if people.is_ready(question.sort.column) {
            return Poll::Ready(());
        }
        WAITING.with_borrow_mut(|waiting| waiting.push(context.waker().clone()));
        Poll::Pending
    })
    .await;
    Ok(people.view(&question, page))
}
