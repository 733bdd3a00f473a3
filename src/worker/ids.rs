//! Names for requests, as they are in answers, in logs and on record: random UUIDs.

use wasm_bindgen::JsCast;
use web_sys::WorkerGlobalScope;

pub fn next() -> String {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    scope.crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}
