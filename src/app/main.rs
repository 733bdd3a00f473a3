//! The Riskdesk console: a Leptos single-page app, mounted over the page's skeleton.
//!
//! - [`shell`] the frame around every page; [`routes`] every path, built and parsed
//! - [`data`] queries, changes and what they invalidate; [`transport`] the browser's fetch
//! - [`keys`] what a key does, anywhere; [`kept`] small settings that the browser keeps
//! - [`look`] and [`density`] how the table of users looks
//! - [`text`] every sentence that a person reads
//! - [`pages`] mirror the URLs; [`components`] know the model's types; [`ui`] knows none

mod clock;
mod components;
mod data;
mod density;
mod guard;
mod kept;
mod keys;
mod look;
mod pages;
mod query;
mod routes;
mod session;
mod shell;
mod text;
mod theme;
mod transport;
mod ui;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

fn main() {
    // In a release there is nothing to tell: `public/start.js` says that the app has stopped.
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
    // The worker that reads everyone runs this module too.
    if finder::is_here() {
        return finder::work();
    }
    if let Some(root) = document().get_element_by_id("app") {
        root.set_inner_html("");
        let root: web_sys::HtmlElement = root.unchecked_into();
        mount_to(root, shell::App).forget();
    }
}
