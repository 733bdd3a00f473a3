//! The current row of the table: the one that has the focus. `j` and `k` move it; where nothing in
//! the table has the focus they go on from the row that had it last.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::keys;

thread_local! {
    /// Where the link of the current row led: who it is of, and not where it was.
    static LAST: RefCell<String> = RefCell::default();
}

/// Takes the keys that move the row, while the table is there.
pub fn move_by_keys() {
    keys::on("j", || go(1));
    keys::on("k", || go(-1));
}

/// The place of the row that has the focus, from 0.
pub fn current() -> Option<usize> {
    let row = focused()?;
    rows().iter().position(|other| *other == row)
}

fn focused() -> Option<Element> {
    document().active_element()?.closest("table.users tbody tr").ok()?
}

fn rows() -> Vec<Element> {
    keys::elements("table.users tbody tr:not([hidden])")
}

/// Who has no page has no link, and is passed over.
fn go(by: isize) {
    let link = |row: &Element| row.query_selector("a.row-link").ok().flatten();
    let links: Vec<Element> = rows().iter().filter_map(link).collect();
    let href = |link: &Element| link.get_attribute("href").unwrap_or_default();
    let from = match focused().as_ref().and_then(link) {
        Some(link) => links.iter().position(|other| *other == link),
        None => LAST.with_borrow(|last| links.iter().position(|link| href(link) == *last)),
    };
    let to = match from {
        Some(from) => from.saturating_add_signed(by),
        None => 0,
    };
    let Some(link) = links.get(to.min(links.len().saturating_sub(1))) else { return };
    LAST.set(href(link));
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        // It does not fail: where it can't be focused, nothing happens.
        let _ = link.focus();
    }
}
