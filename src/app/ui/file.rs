//! A file made in the browser.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The browser has to have taken the file by then.
pub(super) const KEPT_FOR: Duration = Duration::from_secs(60);

/// Hands a file with this text to the browser; `kind` is its media type. Nothing where the browser
/// does not take it.
pub fn save(name: &str, kind: &str, text: &str) -> Option<()> {
    save_blob(name, &blob(kind, &js_sys::Array::of1(&text.into()))?)
}

/// Texts, or blobs, as one blob.
pub(super) fn blob(kind: &str, pieces: &js_sys::Array) -> Option<web_sys::Blob> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    web_sys::Blob::new_with_blob_sequence_and_options(pieces, &options).ok()
}

pub(super) fn save_blob(name: &str, blob: &web_sys::Blob) -> Option<()> {
    let url = web_sys::Url::create_object_url_with_blob(blob).ok()?;
    let link: web_sys::HtmlElement = document().create_element("a").ok()?.dyn_into().ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    link.click();
    let forget = move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    };
    set_timeout(forget, KEPT_FOR);
    Some(())
}
