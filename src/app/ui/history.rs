//! The address, and the browser's history of it.
//!
//! - [`here`] the address that is shown; [`go`] shows another. The address bar follows when that is
//!   drawn, and the typing rests
//! - [`watch`] links and steps in the history: what the browser does for documents of its own, with
//!   the page staying
//! - [`link`] which clicks are ours to follow

use std::{
    cell::{Cell, RefCell},
    collections::HashMap,
    time::Duration,
};

use js_sys::Reflect;
use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};

/// How long typing rests before the address bar follows it. To a browser an address is work: it tells
/// its own windows and its history of it, and looks for the icon again. Safari refuses more than a
/// hundred in half a minute.
const RESTS: Duration = Duration::from_millis(250);

/// How long after a click the address bar follows: what was asked for is drawn by then.
const DRAWN: Duration = Duration::from_millis(50);

/// An address of the app.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Address {
    pub path: String,
    /// With its question mark; empty where there is no query.
    pub search: String,
}

impl Address {
    /// What the address bar says.
    fn of_bar() -> Self {
        let location = window().location();
        let part = |part: Result<String, JsValue>| part.unwrap_or_default();
        Self { path: part(location.pathname()), search: part(location.search()) }
    }
}

thread_local! {
    static ROOT: String = {
        let early = Reflect::get(&js_sys::global(), &"riskdesk".into());
        let root = early.and_then(|early| Reflect::get(&early, &"root".into()));
        root.ok().and_then(|root| root.as_string()).unwrap_or_else(|| "/".to_owned())
    };
    static HERE: ArcRwSignal<Address> = ArcRwSignal::new(Address::of_bar());
    static MOVED_ON: Cell<bool> = const { Cell::new(false) };
    /// What the address bar is yet to say.
    static AHEAD: RefCell<Option<Ahead>> = const { RefCell::new(None) };
    /// How far down each address was scrolled when it was last seen.
    static LEFT_AT: RefCell<HashMap<Address, f64>> = RefCell::default();
}

/// An address that is shown and is not in the address bar yet.
struct Ahead {
    href: String,
    /// Whether it is an entry of its own.
    adds: bool,
    /// What will put it there.
    timeout: TimeoutHandle,
}

/// The path of the folder that the app is in, with a slash at either end: `/` but for a demo that
/// some host has below its own root. `public/start.js` tells, which is in that folder.
pub fn root() -> String {
    ROOT.with(String::clone)
}

/// The address that is shown.
pub fn here() -> ArcRwSignal<Address> {
    HERE.with(ArcRwSignal::clone)
}

/// Whether the person has moved on from the page they came in on.
pub fn has_moved_on() -> bool {
    MOVED_ON.get()
}

/// How a new address enters the history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Another page, from its top: a link.
    Visit,
    /// Another state of the same page: a click on a filter, a column, a page of rows.
    Add,
    /// The same state, refined: typing.
    Replace,
}

/// Shows another address; `href` starts with its path.
pub fn go(href: &str, step: Step) {
    // What refines an entry that is yet to be made is that entry.
    let adds = match step {
        Step::Replace => take_ahead().is_some_and(|ahead| ahead.adds),
        Step::Visit | Step::Add => {
            catch_up();
            // A link to where we are makes no entry, as with any page.
            *HERE.with(|here| here.read_untracked()) != of_href(href)
        }
    };
    match step {
        Step::Visit => {
            put(href, adds);
            // Once the page is drawn.
            request_animation_frame(|| window().scroll_to_with_x_and_y(0.0, 0.0));
        }
        Step::Add => put_later(href, adds, DRAWN),
        Step::Replace => put_later(href, adds, RESTS),
    }
    show(of_href(href));
}

/// Has the address bar follow later.
fn put_later(href: &str, adds: bool, wait: Duration) {
    // It does not fail in a page.
    if let Ok(timeout) = set_timeout_with_handle(catch_up, wait) {
        AHEAD.set(Some(Ahead { href: href.to_owned(), adds, timeout }));
    }
}

/// What the address bar is yet to say; nothing will put it there any more.
fn take_ahead() -> Option<Ahead> {
    let ahead = AHEAD.take()?;
    ahead.timeout.clear();
    Some(ahead)
}

/// Has the address bar follow what is shown, if it does not yet.
fn catch_up() {
    if let Some(Ahead { href, adds, .. }) = take_ahead() {
        put(&href, adds);
    }
}

/// Has the address bar follow; as an entry of its own, if it `adds`.
fn put(href: &str, adds: bool) {
    // Without one, the browser is about to leave the page: nothing is left to do.
    let Ok(history) = window().history() else { return };
    // What was typed may have been taken back.
    let _ = if adds {
        history.push_state_with_url(&JsValue::NULL, "", Some(href))
    } else if Address::of_bar() != of_href(href) {
        history.replace_state_with_url(&JsValue::NULL, "", Some(href))
    } else {
        Ok(())
    };
}

fn of_href(href: &str) -> Address {
    let href = href.split('#').next().unwrap_or_default();
    let (path, search) = href.split_at(href.find('?').unwrap_or(href.len()));
    Address { path: path.to_owned(), search: search.to_owned() }
}

fn show(now: Address) {
    let here = here();
    let before = here.get_untracked();
    if before.path != now.path {
        MOVED_ON.set(true);
    }
    if before != now {
        here.set(now);
    }
}

/// Watches over links and the history; called once, for as long as the app lives.
pub fn watch() {
    window_event_listener(ev::click, |event| {
        if let Some(href) = link(&event) {
            event.prevent_default();
            go(&href, Step::Visit);
        }
    });
    window_event_listener(ev::scroll, |_| {
        let top = window().scroll_y().unwrap_or_default();
        LEFT_AT.with_borrow_mut(|left| left.insert(here().get_untracked(), top));
    });
    window_event_listener(ev::popstate, |_| {
        // What the address bar did not say yet belongs to what was left: it is too late for it. Where that
        // was to be an entry, going back leads to the one before it, which the browser has passed.
        if take_ahead().is_some_and(|ahead| ahead.adds) {
            let _ = window().history().and_then(|history| history.forward());
            return;
        }
        // Before the page that goes scrolls under the address that comes.
        let top = LEFT_AT.with_borrow(|left| left.get(&Address::of_bar()).copied());
        show(Address::of_bar());
        // Going back finds a page where it was left. The browser tries, but before the page is
        // there: one frame draws it, the next one is after the browser's own try.
        if let Some(top) = top {
            request_animation_frame(move || {
                request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, top));
            });
        }
    });
}

/// Where the click leads, if it is for us to follow: a plain click on a link within the app. All
/// else (another tab, a download, another site, a part of this page) is the browser's.
pub fn link(event: &web_sys::MouseEvent) -> Option<String> {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let link = target.closest("a[href]").ok()??;
    let elsewhere = link.get_attribute("target").is_some_and(|name| name != "_self");
    let external = link.get_attribute("rel").is_some_and(|rel| rel.contains("external"));
    if elsewhere || external || link.has_attribute("download") {
        return None;
    }
    // Within the app, links are written as paths. `//host` and `/\host` are other sites.
    link.get_attribute("href").filter(|href| {
        let mut characters = href.chars();
        characters.next() == Some('/') && !matches!(characters.next(), Some('/' | '\\'))
    })
}
