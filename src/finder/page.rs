//! The page's side: starts the worker, and puts together what it gives.
//!
//! `public/start.js` makes it, on the pages that show everyone before the app is there.

use std::{
    cell::RefCell,
    fmt::{self, Debug},
    rc::Rc,
    sync::Arc,
};

use columns::{Arrival, Column, People};
use js_sys::{Array, Function, Reflect, Uint8Array};
use model::AccountId;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, MessageEvent, Worker};

use crate::told::{Failure, Told};

/// What comes of a read, in this order; nothing follows a failure or `Unchanged`.
#[derive(Debug)]
pub enum Heard {
    /// So many bytes of the summary have come, of so many if that is known.
    Progress {
        bytes: u64,
        of: Option<u64>,
    },
    /// Everyone, and the tag of the answer that they are, if it had one. One order is ready.
    People {
        people: Arc<People>,
        tag: Option<String>,
    },
    /// The answer is still the one with the known tag.
    Unchanged,
    Failed(Failure),
    /// Another order of the people is ready. After the last one the worker has done its work.
    Order,
    /// The worker did not start, or it broke: it says nothing any more.
    Broken {
        detail: String,
    },
}

type Listener = Closure<dyn Fn(Event)>;

/// A read under way. Dropping this ends it.
pub struct Reading {
    worker: Worker,
    /// What the worker calls; they must live as long.
    listeners: Option<[Listener; 2]>,
}

impl Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reading")
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.worker.terminate();
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.set_onmessageerror(None);
        // Later: this may run inside one of them.
        let listeners = self.listeners.take();
        crate::spawn(async move { drop(listeners) });
    }
}

/// Reads everyone of the account. `known` is the tag of the answer that is known already. The first
/// read of a page may have begun before the app was there.
///
/// # Errors
/// Why it could not begin.
pub fn read(
    account: &AccountId,
    known: Option<&str>,
    hear: impl Fn(Heard) + 'static,
) -> Result<Reading, String> {
    let text = format!("{account}\n{}", known.unwrap_or_default());
    start(&text, hear).map_err(|error| describe(&error))
}

fn start(text: &str, hear: impl Fn(Heard) + 'static) -> Result<Reading, JsValue> {
    let page = Reflect::get(&js_sys::global(), &"riskdesk".into())?;
    let make: Function = Reflect::get(&page, &"finder".into())?.dyn_into()?;
    let made = make.call1(&page, &JsValue::from_str(text))?;
    let worker: Worker = Reflect::get(&made, &"worker".into())?.dyn_into()?;
    // What it said before anybody listened.
    let said: Array = Reflect::get(&made, &"said".into())?.dyn_into()?;

    let hear = Rc::new(hear);
    let coming = RefCell::new(Coming::new());
    let (heard, broken) = (hear.clone(), hear);
    let listen = Rc::new(move |event: Event| {
        let data = event.unchecked_into::<MessageEvent>().data();
        let heard_now = coming.borrow_mut().take(&data);
        match heard_now {
            Ok(Some(now)) => heard(now),
            Ok(None) => {}
            Err(()) => heard(Heard::Broken { detail: describe(&data) }),
        }
    });
    let listener = {
        let listen = listen.clone();
        Closure::new(move |event| listen(event))
    };
    let fail = Closure::new(move |event: Event| broken(Heard::Broken { detail: describe(&event) }));
    let (message, error): (&Function, &Function) =
        (listener.as_ref().unchecked_ref(), fail.as_ref().unchecked_ref());
    worker.set_onmessage(Some(message));
    worker.set_onerror(Some(error));
    worker.set_onmessageerror(Some(error));
    // Before anything else that it says, and after the caller has what this gives.
    crate::spawn(async move {
        said.iter().for_each(|event| listen(event.unchecked_into()));
    });
    Ok(Reading { worker, listeners: Some([listener, fail]) })
}

/// What has come of a read.
struct Coming {
    arrival: Arrival,
    /// The order that comes before the word that all is read.
    first_order: Vec<u8>,
    people: Option<Arc<People>>,
}

impl Coming {
    fn new() -> Self {
        Self { arrival: Arrival::new(crate::lower), first_order: Vec::new(), people: None }
    }

    /// Takes what the worker sent: a piece, or a word. An error where it is neither.
    fn take(&mut self, data: &JsValue) -> Result<Option<Heard>, ()> {
        if let Some(bytes) = data.dyn_ref::<Uint8Array>() {
            return self.piece(bytes.to_vec()).ok_or(());
        }
        match data.as_string().and_then(|text| Told::parse(&text)).ok_or(())? {
            Told::Progress { bytes, of } => Ok(Some(Heard::Progress { bytes, of })),
            Told::Failed(failure) => Ok(Some(Heard::Failed(failure))),
            Told::Unchanged => Ok(Some(Heard::Unchanged)),
            Told::Read { tag } => {
                let arrival = std::mem::replace(&mut self.arrival, Arrival::new(crate::lower));
                let people = arrival.people().ok_or(())?;
                people.take_order(&std::mem::take(&mut self.first_order)).ok_or(())?;
                let people = Arc::new(people);
                self.people = Some(people.clone());
                Ok(Some(Heard::People { people, tag }))
            }
        }
    }

    fn piece(&mut self, piece: Vec<u8>) -> Option<Option<Heard>> {
        match &self.people {
            Some(people) => people.take_order(&piece).map(|_: Column| Some(Heard::Order)),
            None if People::is_order(&piece) => {
                self.first_order = piece;
                Some(None)
            }
            None => self.arrival.take(&piece).map(|()| None),
        }
    }
}

/// The words of an error, of whatever kind.
fn describe(error: &JsValue) -> String {
    let word = |key: &str| Reflect::get(error, &key.into()).ok()?.as_string();
    word("broken").or_else(|| word("message")).unwrap_or_else(|| "no reason given".to_owned())
}
