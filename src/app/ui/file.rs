//! A file made in the browser.

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// The browser has to have taken the file by then.
const KEPT_FOR: Duration = Duration::from_secs(60);

/// The texts of a file, as they are made; the browser holds them, outside the app's memory.
#[derive(Debug, Default)]
pub struct FileText(js_sys::Array);

impl FileText {
    pub fn push(&self, text: &str) {
        self.0.push(&text.into());
    }

    /// Hands the file to the browser; `kind` is its media type. Nothing where the browser does not
    /// take it.
    pub fn save(&self, name: &str, kind: &str) -> Option<()> {
        let options = web_sys::BlobPropertyBag::new();
        options.set_type(kind);
        let blob = web_sys::Blob::new_with_str_sequence_and_options(&self.0, &options).ok()?;
        let url = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
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
}
