//! Leaving a page with unsaved edits: links and the back button ask first, a closed or reloaded
//! tab is held by the browser's own question.
//!
//! Clicks on links are caught before they are followed, and moves in the history by the Navigation
//! API where the browser has it
//! (<https://developer.mozilla.org/docs/Web/API/Navigation/navigate_event>). A history move that
//! the browser does not let us hold loses nothing either: edits live outside the page.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use crate::{
    text,
    ui::{
        dialog::{Dialog, DialogFoot},
        history::{self, Step},
    },
};

/// Where the person wanted to go when they were asked.
#[derive(Clone, Debug, PartialEq)]
enum Wish {
    Link(String),
    /// A key of a history entry.
    History(String),
}

/// What would be lost by leaving.
#[derive(Clone, Copy)]
pub struct Guard {
    unsaved: RwSignal<Option<Unsaved>>,
    wish: RwSignal<Option<Wish>>,
}

#[derive(Clone)]
struct Unsaved {
    /// "2 unsaved changes".
    what: String,
    discard: Callback<()>,
}

impl Guard {
    pub fn provide() {
        let guard = Self { unsaved: RwSignal::new(None), wish: RwSignal::new(None) };
        provide_context(guard);
        guard.hold_links();
        guard.hold_history();
        let handle = window_event_listener(ev::beforeunload, move |event| {
            if guard.unsaved.with_untracked(Option::is_some) {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// Holds the person on this page while `what` says that something is unsaved.
    pub fn hold(
        self,
        what: impl Fn() -> Option<String> + Send + Sync + 'static,
        discard: Callback<()>,
    ) {
        Effect::new(move || self.unsaved.set(what().map(|what| Unsaved { what, discard })));
        on_cleanup(move || self.unsaved.set(None));
    }

    /// Whether something is unsaved.
    pub fn holds(self) -> bool {
        self.unsaved.with(Option::is_some)
    }

    /// Goes to a page as a link to it would: asks first where something is unsaved.
    pub fn follow(self, href: String) {
        if self.unsaved.with_untracked(Option::is_some) {
            self.wish.set(Some(Wish::Link(href)));
        } else {
            history::go(&href, Step::Visit);
        }
    }

    fn hold_links(self) {
        let held =
            Closure::<dyn Fn(web_sys::MouseEvent)>::new(move |event: web_sys::MouseEvent| {
                if self.unsaved.with_untracked(Option::is_none) {
                    return;
                }
                if let Some(href) = history::link(&event) {
                    event.prevent_default();
                    event.stop_propagation();
                    self.wish.set(Some(Wish::Link(href)));
                }
            });
        let document = document();
        let function = held.as_ref().unchecked_ref();
        // In the capture phase, before the listener that follows links.
        let _ = document.add_event_listener_with_callback_and_bool("click", function, true);
        // Lives as long as the app.
        held.forget();
    }

    fn hold_history(self) {
        let get = |object: &JsValue, key: &str| {
            js_sys::Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
        };
        let navigation = get(&window(), "navigation");
        let Ok(navigation) = navigation.dyn_into::<web_sys::EventTarget>() else { return };
        let held = Closure::<dyn Fn(web_sys::Event)>::new(move |event: web_sys::Event| {
            let traverse = get(&event, "navigationType").as_string().as_deref() == Some("traverse");
            if !traverse || !event.cancelable() || self.unsaved.with_untracked(Option::is_none) {
                return;
            }
            if let Some(key) = get(&get(&event, "destination"), "key").as_string() {
                event.prevent_default();
                self.wish.set(Some(Wish::History(key)));
            }
        });
        let function = held.as_ref().unchecked_ref();
        let _ = navigation.add_event_listener_with_callback("navigate", function);
        held.forget();
    }

    fn leave(self) {
        let wish = self.wish.get_untracked();
        self.wish.set(None);
        if let Some(unsaved) = self.unsaved.get_untracked() {
            unsaved.discard.run(());
        }
        self.unsaved.set(None);
        match wish {
            Some(Wish::Link(href)) => history::go(&href, Step::Visit),
            Some(Wish::History(key)) => traverse_to(&key),
            None => {}
        }
    }
}

/// `navigation.traverseTo(key)`.
fn traverse_to(key: &str) {
    let call = || {
        let navigation = js_sys::Reflect::get(&window(), &"navigation".into())?;
        let function = js_sys::Reflect::get(&navigation, &"traverseTo".into())?;
        let function: js_sys::Function = function.dyn_into()?;
        function.call1(&navigation, &key.into())
    };
    // The entry can be gone by now; then there is nowhere to go.
    let _: Result<JsValue, JsValue> = call();
}

/// The question, when there is one.
#[component]
pub fn LeaveDialog() -> impl IntoView {
    let guard = Guard::expect();
    let leave = Callback::new(move |()| guard.leave());
    let open = Signal::derive(move || guard.wish.with(Option::is_some));
    let stay = Callback::new(move |()| guard.wish.set(None));
    let what = move || {
        let unsaved = guard.unsaved.get();
        text::leave_note(&unsaved.map(|unsaved| unsaved.what).unwrap_or_default())
    };
    view! {
        <Dialog open title=Signal::stored(text::LEAVE_TITLE.to_owned()) on_close=stay>
            <p>{what}</p>
            <DialogFoot>
                <button type="button" class="button" on:click=move |_| stay.run(())>
                    {text::STAY}
                </button>
                <button type="button" class="button danger" on:click=move |_| leave.run(())>
                    {text::LEAVE}
                </button>
            </DialogFoot>
        </Dialog>
    }
}
