//! The finder: holds an account's people in a Web Worker, so that reading, searching and sorting
//! never keep the page from answering.
//!
//! It is told what [`columns::wire`] has words for, and does three things:
//! - [`read`] the summary, as it comes from the network
//! - answer questions from the people that were read last
//! - between two questions, get ready for the next: rehearse searching, and make the orders that
//!   were not asked for yet

mod read;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use columns::{
    Column, Page, People, Question,
    wire::{Tell, Told},
};
use model::AccountId;
use read::Outcome;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AbortController, DedicatedWorkerGlobalScope, MessageEvent};

/// How long the finder must have been left alone before it does what nobody waits for, in ms: a
/// page that has just got its people asks for more right away.
const IDLE_MS: i32 = 50;

/// Searches that nobody asked for. Browsers optimize what has run for a while: without these, whoever
/// types first would wait several times as long.
const REHEARSAL: [&str; 6] = ["e", "er", "ere", "a", "an", "ana"];

#[derive(Default)]
struct Finder {
    /// Those that questions are answered from.
    people: Option<Rc<People>>,
    /// Whose they are, and the tag of the answer that they came in, if it had one.
    tag: Option<(AccountId, String)>,
    read: Option<Read>,
}

/// The read that counts: the latest one.
struct Read {
    number: u32,
    abort: AbortController,
    /// What came of it.
    outcome: Option<Told>,
}

thread_local! {
    static FINDER: RefCell<Finder> = RefCell::default();
}

fn main() {
    let hear = Closure::<dyn Fn(MessageEvent)>::new(|event: MessageEvent| {
        let text = event.data().as_string().unwrap_or_default();
        // The app is of the same build: it says nothing else.
        if let Some(told) = Tell::parse(&text) {
            hear(told);
        }
    });
    worker().set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
}

fn worker() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn tell(told: &Told) {
    // Fails for what can't be copied, and a text can.
    let _ = worker().post_message(&JsValue::from_str(&told.to_text()));
}

fn hear(told: Tell) {
    match told {
        Tell::Read { number, account } => start(number, account),
        Tell::Stop { number } => FINDER.with_borrow_mut(|finder| {
            if let Some(read) = finder.read.take_if(|read| read.number == number) {
                read.abort.abort();
            }
        }),
        Tell::Ask { number, question, page } => {
            let people = FINDER.with_borrow(|finder| finder.people.clone());
            if let Some(people) = people {
                tell(&Told::View { number, view: people.view(&question, page) });
                prepare_later(IDLE_MS);
            }
        }
    }
}

fn start(number: u32, account: AccountId) {
    let running = FINDER.with_borrow(|finder| {
        let read = finder.read.as_ref().filter(|read| read.number == number)?;
        read.outcome.iter().for_each(tell);
        Some(())
    });
    // Every browser that has Web Workers has this.
    let Ok(abort) = AbortController::new() else { return };
    if running.is_some() {
        return;
    }
    let signal = abort.signal();
    let before =
        FINDER.with_borrow_mut(|finder| finder.read.replace(Read { number, abort, outcome: None }));
    if let Some(before) = before {
        before.abort.abort();
    }
    // A list that has not changed need not come again.
    let known = FINDER.with_borrow(|finder| finder.tag.clone());
    let known = known.filter(|(of, _)| *of == account).map(|(_, tag)| tag);
    wasm_bindgen_futures::spawn_local(async move {
        let outcome = read::read(number, &account, known.as_deref(), &signal).await;
        FINDER.with_borrow_mut(|finder| {
            let Some(read) = finder.read.as_mut().filter(|read| read.number == number) else {
                return;
            };
            let outcome = match outcome {
                Ok(outcome) => {
                    if let Outcome::Whole { people, tag } = outcome {
                        // The order that a list has when nothing is asked.
                        people.prepare(Column::Level);
                        finder.people = Some(people);
                        finder.tag = tag.map(|tag| (account, tag));
                    }
                    let people = finder.people.as_ref();
                    Told::Read { number, levels: people.map(|p| p.levels()).unwrap_or_default() }
                }
                Err(failure) => Told::Failed { number, failure },
            };
            tell(&outcome);
            read.outcome = Some(outcome);
        });
    });
}

/// One rehearsal, or one of the orders that nobody has asked for; says whether there was one.
fn prepare(people: &People) -> bool {
    thread_local! {
        static REHEARSED: Cell<usize> = const { Cell::new(0) };
    }
    let Some(text) = REHEARSAL.get(REHEARSED.get()) else {
        return people.prepare_next();
    };
    REHEARSED.set(REHEARSED.get() + 1);
    let question = Question { text: (*text).to_owned(), ..Question::default() };
    let _ = people.view(&question, Page { number: 1, rows: 25 });
    true
}

/// Gets ready for what may be asked, a step at a time, once the finder is left alone.
fn prepare_later(after_ms: i32) {
    thread_local! {
        static PREPARE: Closure<dyn Fn()> = Closure::new(|| {
            let people = FINDER.with_borrow(|finder| finder.people.clone());
            if people.is_some_and(|people| prepare(&people)) {
                // What was asked meanwhile comes first.
                prepare_later(0);
            }
        });
        static TIMER: Cell<Option<i32>> = const { Cell::new(None) };
    }
    if let Some(timer) = TIMER.take() {
        worker().clear_timeout_with_handle(timer);
    }
    let timer = PREPARE.with(|prepare| {
        let prepare = prepare.as_ref().unchecked_ref();
        worker().set_timeout_with_callback_and_timeout_and_arguments_0(prepare, after_ms)
    });
    TIMER.set(timer.ok());
}
