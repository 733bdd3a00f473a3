//! The finder's worker: telling it, and hearing what it tells.
//!
//! `public/start.js` makes it, on the pages that show everyone before the app is there.

use std::cell::RefCell;

use columns::wire::{Tell, Told};
use js_sys::{Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, MessageEvent, Worker};

/// What comes from the finder.
#[derive(Debug)]
pub enum Heard {
    Told(Told),
    /// It did not start, or it broke: it answers nothing any more.
    Broken {
        detail: String,
    },
}

struct Finder {
    worker: Worker,
    /// What the worker calls; it must live as long.
    _listeners: [Closure<dyn Fn(Event)>; 2],
}

thread_local! {
    static FINDER: RefCell<Option<Finder>> = const { RefCell::new(None) };
}

/// Tells the finder. One that is not there, or broke, is made anew, and `hear` gets what it tells.
///
/// # Errors
/// Why there is none.
pub fn tell(told: &Tell, hear: fn(Heard)) -> Result<(), String> {
    FINDER.with_borrow_mut(|finder| {
        let finder = match finder {
            Some(finder) => finder,
            None => finder.insert(Finder::start(hear).map_err(|error| describe(&error))?),
        };
        let sent = finder.worker.post_message(&JsValue::from_str(&told.to_text()));
        sent.map_err(|error| describe(&error))
    })
}

impl Finder {
    fn start(hear: fn(Heard)) -> Result<Self, JsValue> {
        let early = Reflect::get(&window(), &"riskdesk".into())?;
        let make: Function = Reflect::get(&early, &"finder".into())?.dyn_into()?;
        let worker: Worker = make.call0(&early)?.dyn_into()?;
        let listen = Closure::new(move |event: Event| {
            let data = event.unchecked_into::<MessageEvent>().data();
            match data.as_string().and_then(|text| Told::parse(&text)) {
                Some(told) => hear(Heard::Told(told)),
                None => broke(&describe(&data), hear),
            }
        });
        let fail = Closure::new(move |event: Event| broke(&describe(&event), hear));
        let (message, error): (&Function, &Function) =
            (listen.as_ref().unchecked_ref(), fail.as_ref().unchecked_ref());
        worker.set_onmessage(Some(message));
        worker.set_onerror(Some(error));
        worker.set_onmessageerror(Some(error));
        Ok(Self { worker, _listeners: [listen, fail] })
    }
}

fn broke(detail: &str, hear: fn(Heard)) {
    // Dropped later: this may run inside one of its listeners.
    let finder = FINDER.take();
    if let Some(finder) = &finder {
        finder.worker.terminate();
        finder.worker.set_onmessage(None);
        finder.worker.set_onerror(None);
        finder.worker.set_onmessageerror(None);
    }
    leptos::task::spawn_local(async move { drop(finder) });
    hear(Heard::Broken { detail: detail.to_owned() });
}

/// The words of an error, of whatever kind.
fn describe(error: &JsValue) -> String {
    let word = |key: &str| Reflect::get(error, &key.into()).ok()?.as_string();
    word("broken").or_else(|| word("message")).unwrap_or_else(|| "no reason given".to_owned())
}
