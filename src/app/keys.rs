//! Keys: what a person at the keyboard does with one or two strokes, from anywhere in the app.
//!
//! - [`Keys`] whether single keys are on, and which of the two dialogs is wanted
//!   (`pages/keys/`: the palette and the sheet, a part that is loaded when it is first wanted)
//! - [`on`] what a key does on the page that is being made
//! - [`listen`] the one listener
//!
//! No key acts while a person types or a dialog is open. Keys without a modifier can be switched
//! off (<https://www.w3.org/TR/WCAG22/#character-key-shortcuts>); Ctrl or Cmd with K stays.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use leptos::{ev, prelude::*};
use model::Role;
use wasm_bindgen::JsCast;

use crate::{guard::Guard, kept, routes::AppRoute};

/// How long after `g` the second key may come, in milliseconds.
const SECOND_WITHIN: f64 = 1_500.0;
const KEPT: &str = "keys";
const OFF: &str = "off";

/// What is opened by a key, and by a button for those who have none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Pages, people and commands, to be found by typing.
    Palette,
    /// Which keys there are.
    Sheet,
}

#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// Whether keys without a modifier act.
    single: RwSignal<bool>,
    /// Whether one of the two is open, or on its way.
    pub opened: RwSignal<bool>,
    which: RwSignal<Opened>,
    /// What was typed for the palette while it was on its way.
    early: StoredValue<String>,
}

impl Keys {
    pub fn provide() -> Self {
        let single = RwSignal::new(kept::get(KEPT).as_deref() != Some(OFF));
        let which = RwSignal::new(Opened::Palette);
        let keys =
            Self { single, opened: RwSignal::new(false), which, early: StoredValue::default() };
        provide_context(keys);
        keys
    }

    pub fn expect() -> Self {
        expect_context()
    }

    pub fn open(self, which: Opened) {
        self.early.set_value(String::new());
        self.which.set(which);
        self.opened.set(true);
    }

    /// What was typed since the palette was opened, and before it was there.
    pub fn take_early(self) -> String {
        self.early.try_update_value(std::mem::take).unwrap_or_default()
    }

    pub fn close(self) {
        self.opened.set(false);
    }

    pub fn shows(self, which: Opened) -> Signal<bool> {
        Signal::derive(move || self.opened.get() && self.which.get() == which)
    }

    pub fn single(self) -> Signal<bool> {
        self.single.into()
    }

    /// Turns keys without a modifier on or off, and keeps that.
    pub fn set_single(self, on: bool) {
        self.single.set(on);
        kept::set(KEPT, (!on).then_some(OFF));
    }
}

/// What a key does where.
type Act = Rc<dyn Fn()>;

thread_local! {
    /// The keys of what is shown; a later one goes before an earlier one.
    static SHOWN: RefCell<Vec<(u32, &'static str, Act)>> = RefCell::default();
    static NUMBER: Cell<u32> = const { Cell::new(0) };
}

/// What the key does for as long as the component that is being made is there.
pub fn on(key: &'static str, act: impl Fn() + 'static) {
    let number = NUMBER.replace(NUMBER.get() + 1);
    SHOWN.with_borrow_mut(|shown| shown.push((number, key, Rc::new(act))));
    on_cleanup(move || SHOWN.with_borrow_mut(|shown| shown.retain(|(other, ..)| *other != number)));
}

fn act_of(key: &str) -> Option<Act> {
    SHOWN.with_borrow(|shown| {
        shown.iter().rev().find(|(_, other, _)| *other == key).map(|(.., act)| act.clone())
    })
}

/// The page that `g` and then the key leads to, for a role.
fn page_of(key: &str, role: Role) -> Option<AppRoute> {
    match key {
        "o" => Some(AppRoute::Overview),
        "u" => Some(AppRoute::Users),
        "b" => Some(AppRoute::Behaviors),
        "i" => Some(AppRoute::Integrations),
        "a" => (role >= Role::Admin).then_some(AppRoute::Audit),
        _ => None,
    }
}

/// Listens for as long as the component that is being made is there.
pub fn listen(keys: Keys, role: Role) {
    let guard = Guard::expect();
    // When `g` was pressed.
    let first = Cell::new(None::<f64>);
    let handle = window_event_listener(ev::keydown, move |event| {
        let (key, command) = (event.key(), event.ctrl_key() || event.meta_key());
        // A modifier by itself is on its way to a key.
        if event.default_prevented() || event.is_composing() || key == "Shift" {
            return;
        }
        if is_modal() {
            return;
        }
        if keys.opened.get_untracked() {
            // It is on its way still.
            if !command && key.chars().count() == 1 {
                event.prevent_default();
                keys.early.update_value(|early| early.push_str(&key));
            }
            return;
        }
        if command && !event.alt_key() && !event.shift_key() && key.eq_ignore_ascii_case("k") {
            event.prevent_default();
            keys.open(Opened::Palette);
            return;
        }
        let since = first.take().map(|at| event.time_stamp() - at);
        if command || event.alt_key() || is_typing() || !keys.single.get_untracked() {
            return;
        }
        let second = since.is_some_and(|since| since <= SECOND_WITHIN);
        if let Some(page) = page_of(&key, role).filter(|_| second) {
            event.prevent_default();
            guard.follow(page.path());
        } else if let Some(act) = act_of(&key) {
            event.prevent_default();
            act();
        } else if key == "g" {
            first.set(Some(event.time_stamp()));
        } else if key == "?" {
            event.prevent_default();
            keys.open(Opened::Sheet);
        }
    });
    on_cleanup(move || handle.remove());
}

/// What the selector finds on the page, in its order: what keys go along.
pub fn elements<T: JsCast>(selector: &str) -> Vec<T> {
    let Ok(found) = document().query_selector_all(selector) else { return vec![] };
    (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
}

/// Whether keys are text, or choose from a list.
fn is_typing() -> bool {
    document().active_element().is_some_and(|element| match element.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => {
            let kind = element.get_attribute("type").unwrap_or_default();
            !matches!(kind.as_str(), "checkbox" | "radio" | "range")
        }
        _ => element.has_attribute("contenteditable"),
    })
}

fn is_modal() -> bool {
    document().query_selector("dialog:modal").ok().flatten().is_some()
}
