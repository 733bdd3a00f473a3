//! The bar at the foot: how much is not saved, and what to do with it.

use leptos::prelude::*;

use super::{changes::Change, save::Save};
use crate::text;

#[component]
pub(super) fn Foot(changes: Memo<Vec<Change>>, save: Save) -> impl IntoView {
    let count = Memo::new(move |_| changes.with(Vec::len));
    let saving = save.saving();
    view! {
        <Show when=move || { count.get() > 0 }>
            <section class="foot-bar" aria-label=text::UNSAVED>
                <p class="strong numbers">{move || text::unsaved(count.get())}</p>
                <div class="line">
                    <button
                        type="button"
                        class="button"
                        disabled=saving
                        on:click=move |_| save.discard()
                    >
                        {text::DISCARD}
                    </button>
                    <button
                        type="button"
                        class="button"
                        disabled=saving
                        on:click=move |_| save.reviewing.set(true)
                    >
                        {text::REVIEW_CHANGES}
                    </button>
                    // The dialog has its own.
                    <button
                        type="button"
                        class="button primary"
                        style:visibility=move || save.reviewing.get().then_some("hidden")
                        aria-disabled=move || saving.get().then_some("true")
                        on:click=move |_| save.run()
                    >
                        {move || save.label()}
                    </button>
                </div>
            </section>
        </Show>
    }
}
