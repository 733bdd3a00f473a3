//! A modal dialog: the platform's own element, so focus is kept inside, Escape closes, and focus
//! goes back to where it was.

use leptos::{ev, html, prelude::*};

/// A dialog that is in the page while `open`. `on_close` is told of Escape and asked to make
/// `open` false; while `busy` the dialog stays.
#[component]
pub fn Dialog(
    #[prop(into)] open: Signal<bool>,
    #[prop(into)] title: Signal<String>,
    on_close: Callback<()>,
    #[prop(optional, into)] busy: Signal<bool>,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let title_id = unique_id("dialog");
    let labelled_by = title_id.clone();
    let children = StoredValue::new(children);
    Effect::new(move || {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            if !dialog.open() {
                // It is in the page and not open: showing it can't fail.
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let on_cancel = move |event: ev::Event| {
        event.prevent_default();
        if !busy.get_untracked() {
            on_close.run(());
        }
    };
    // The browser may close it against our will (a second Escape): then it is closed.
    let on_closed = move |_| {
        if open.get_untracked() {
            on_close.run(());
        }
    };
    view! {
        <dialog
            node_ref=node
            class="dialog"
            aria-labelledby=labelled_by
            on:cancel=on_cancel
            on:close=on_closed
        >
            {move || {
                let title_id = title_id.clone();
                open.get()
                    .then(|| {
                        view! {
                            <h2 id=title_id>
                                <bdi>{title}</bdi>
                            </h2>
                            {children.with_value(|children| children())}
                        }
                    })
            }}
        </dialog>
    }
}

/// The row of buttons at a dialog's end.
#[component]
pub fn DialogFoot(children: Children) -> impl IntoView {
    view! { <div class="dialog-foot">{children()}</div> }
}

/// An id that no other element of the page has.
pub fn unique_id(prefix: &str) -> String {
    thread_local! {
        static NEXT: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    let number = NEXT.replace(NEXT.get() + 1);
    format!("{prefix}-{number}")
}
