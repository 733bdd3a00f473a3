//! The finder: reads an account's people in a Web Worker, so that reading and sorting never keep
//! the page from answering. The worker runs the same module as the app.
//!
//! - [`worker`] reads the summary ([`read`]) into columns as it comes, and hands them over in
//!   pieces, then the order of each column
//! - [`page`] starts it, and puts together what comes
//! - [`told`] what it says beside that
//!
//! The page has the people and searches them by itself: that takes it a millisecond or two for
//! 100,000, less than asking and being answered. The worker ends when all is handed over.

mod page;
mod read;
mod told;
mod worker;

use std::pin::Pin;

pub use page::{Heard, Reading, read};
pub use told::Failure;
pub use worker::{is_here, work};

/// Lower case, by the browser's own tables.
fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Runs it later, in this thread. In a box, so that what waits for it is compiled once for all.
fn spawn(future: impl Future<Output = ()> + 'static) {
    let future: Pin<Box<dyn Future<Output = ()>>> = Box::pin(future);
    wasm_bindgen_futures::spawn_local(future);
}
