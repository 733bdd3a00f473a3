//! Small settings that the browser keeps for this person, under `riskdesk.` names. Storage may be
//! forbidden or full: a setting then holds until the page is closed.

use leptos::prelude::*;

/// What is kept under the name, if anything is.
pub fn get(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(&format!("riskdesk.{name}")).ok()?
}

/// Keeps the text under the name, or nothing.
pub fn set(name: &str, text: Option<&str>) {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let name = format!("riskdesk.{name}");
    let _ = match text {
        Some(text) => storage.set_item(&name, text),
        None => storage.remove_item(&name),
    };
}
