//! Small settings that the browser keeps for this person, under `riskdesk.` names. Storage may be
//! forbidden or full: a setting then holds until the page is closed.

use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// What is kept under the name, if anything is.
pub fn get(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(&format!("riskdesk.{name}")).ok()?
}

/// Keeps the text under the name, or nothing.
pub fn set(name: &str, text: Option<&str>) {
    put(window().local_storage(), name, text);
}

/// The same, for this tab alone and until it is closed.
pub fn in_tab(name: &str) -> Option<String> {
    window().session_storage().ok()??.get_item(&format!("riskdesk.{name}")).ok()?
}

pub fn set_in_tab(name: &str, text: Option<&str>) {
    put(window().session_storage(), name, text);
}

fn put(storage: Result<Option<web_sys::Storage>, JsValue>, name: &str, text: Option<&str>) {
    let Ok(Some(storage)) = storage else { return };
    let name = format!("riskdesk.{name}");
    let _ = match text {
        Some(text) => storage.set_item(&name, text),
        None => storage.remove_item(&name),
    };
}
