//! The desk in a Web Worker: a page and its finder ask it over ports what they would ask a server
//! for (`page/ask.js`).
//!
//! | message to it | |
//! |---|---|
//! | `{ since, journal }` | first: when the tab began, and the changes made in it so far |
//! | `{ port }` | somebody else who asks |
//! | `{ number, method, path, headers, body }` | a request; `headers` is a list of pairs, `body` a text |
//!
//! | message from it | |
//! |---|---|
//! | `{ number, status, headers, body }` | the answer to the request of that number, in bytes |
//! | `{ entry }` | to the page: a change to keep for the tab |

use std::{cell::RefCell, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderName, HeaderValue, Request};
use js_sys::{Array, Function, JsString, Object, Promise, Reflect, Uint8Array};
use model::Role;
use riskdesk_tab::{Desk, Entry, Pending, desk::Settings};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, MessagePort};

/// As `riskdesk demo` has it when nothing is said.
const USERS: usize = 250;
const SEED: u64 = 7;

thread_local! {
    static DESK: RefCell<Option<Desk>> = const { RefCell::new(None) };
}

/// Who asks, and gets the answer.
#[derive(Clone)]
enum Asker {
    Page,
    Port(MessagePort),
}

impl Asker {
    fn post(&self, message: &JsValue) {
        // Fails for what can't be copied: there is nothing of the kind in it.
        let _ = match self {
            Self::Page => worker().post_message(message),
            Self::Port(port) => port.post_message(message),
        };
    }

    fn listen(&self) {
        let asker = self.clone();
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            hear(&asker, &event.data());
        });
        let listener: &Function = hear.as_ref().unchecked_ref();
        match self {
            Self::Page => worker().set_onmessage(Some(listener)),
            Self::Port(port) => port.set_onmessage(Some(listener)),
        }
        hear.forget();
    }
}

fn main() {
    Asker::Page.listen();
}

fn worker() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn now() -> DateTime<Utc> {
    time(js_sys::Date::now())
}

/// Milliseconds since 1970, as JavaScript has them: whole, and far from the end of an `i64`.
#[expect(clippy::cast_possible_truncation, reason = "see above")]
fn time(millis: f64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(millis as i64).unwrap_or_default()
}

fn get(object: &JsValue, key: &str) -> Option<JsValue> {
    Reflect::get(object, &key.into()).ok().filter(|value| !value.is_undefined())
}

fn text(object: &JsValue, key: &str) -> Option<String> {
    get(object, key)?.as_string()
}

fn hear(asker: &Asker, message: &JsValue) {
    if let Some(port) = get(message, "port") {
        Asker::Port(port.unchecked_into()).listen();
    } else if let Some(since) = get(message, "since").and_then(|since| since.as_f64()) {
        begin(since, &text(message, "journal").unwrap_or_default());
    } else if let (Some(number), Some(request)) = (get(message, "number"), request(message)) {
        answer(asker.clone(), number, request);
    }
}

fn begin(since: f64, journal: &str) {
    let settings = Settings { users: USERS, seed: SEED, role: Role::Admin, since: time(since) };
    match Desk::new(settings) {
        Ok(mut desk) => {
            let journal: Vec<Entry> = serde_json::from_str(journal).unwrap_or_default();
            desk.replay(&journal);
            DESK.set(Some(desk));
        }
        Err(error) => wasm_bindgen::throw_str(&error),
    }
}

fn request(message: &JsValue) -> Option<Request<Bytes>> {
    let mut request = Request::new(Bytes::from(text(message, "body").unwrap_or_default()));
    *request.method_mut() = text(message, "method")?.parse().ok()?;
    *request.uri_mut() = text(message, "path")?.parse().ok()?;
    for pair in Array::from(&get(message, "headers")?).iter() {
        let pair = Array::from(&pair);
        let name: HeaderName = pair.get(0).as_string()?.parse().ok()?;
        let value = HeaderValue::try_from(pair.get(1).as_string()?).ok()?;
        request.headers_mut().append(name, value);
    }
    Some(request)
}

fn answer(asker: Asker, number: JsValue, request: Request<Bytes>) {
    let pending = DESK.with_borrow_mut(|desk| Some(desk.as_mut()?.receive(request, now())));
    let Some(pending) = pending else { return };
    if let Some(entry) = &pending.entry {
        let entry = serde_json::to_string(entry).unwrap_or_default();
        Asker::Page.post(&object(&[("entry", entry.into())]));
    }
    spawn_local(async move {
        if !pending.after.is_zero() {
            sleep(pending.after).await;
        }
        DESK.with_borrow_mut(|desk| desk.as_mut().map(|desk| desk.settle(&pending)));
        asker.post(&message(number, &pending));
    });
}

fn message(number: JsValue, pending: &Pending) -> JsValue {
    let headers: Array = pending
        .answer
        .headers()
        .iter()
        .map(|(name, value)| {
            let value = value.to_str().unwrap_or_default();
            Array::of2(&JsString::from(name.as_str()), &JsString::from(value))
        })
        .collect();
    object(&[
        ("number", number),
        ("status", pending.answer.status().as_u16().into()),
        ("headers", headers.into()),
        ("body", Uint8Array::from(pending.answer.body().as_ref()).into()),
    ])
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (key, value) in fields {
        // Fails on frozen objects alone.
        let _ = Reflect::set(&object, &(*key).into(), value);
    }
    object.into()
}

async fn sleep(time: Duration) {
    let millis = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
    let timer = Promise::new(&mut |resolve, _| {
        // Fails where there is no worker any more.
        let _ = worker().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = JsFuture::from(timer).await;
}
