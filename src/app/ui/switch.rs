//! A switch: a checkbox that says that it acts at once.

use leptos::prelude::*;

/// A switch named `label`; the name is not shown where the row around it already says it.
#[component]
pub fn Switch(
    #[prop(into)] label: Signal<String>,
    #[prop(into)] on: Signal<bool>,
    set: Callback<bool>,
    #[prop(optional, into)] disabled: Signal<bool>,
    /// The id of what explains it.
    #[prop(optional, into)]
    described_by: MaybeProp<String>,
) -> impl IntoView {
    view! {
        <input
            type="checkbox"
            role="switch"
            class="switch"
            aria-label=label
            aria-describedby=move || described_by.get()
            prop:checked=on
            disabled=disabled
            on:change=move |event| {
                let wanted = event_target_checked(&event);
                set.run(wanted);
                // What is shown is what holds: where the change was not taken, go back.
                let now = on.get_untracked();
                if now != wanted {
                    let input: web_sys::HtmlInputElement = event_target(&event);
                    input.set_checked(now);
                }
            }
        />
    }
}
