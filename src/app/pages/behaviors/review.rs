//! Before → after for each change, and saving them.

use leptos::prelude::*;

use super::{
    changes::{Change, Setting},
    save::Save,
};
use crate::{
    components::{attempt::Failed, change_row::ChangeRow, level::LevelBadge},
    text,
    ui::{
        dialog::{Dialog, DialogFoot},
        plain::plain,
    },
};

/// Both sides of a change, of what it changes only.
pub(super) fn sides(change: &Change) -> (AnyView, AnyView) {
    let Change { before, after, .. } = change;
    let side = |setting: &Setting| {
        let switched = (before.enabled != after.enabled).then(|| text::on_off(setting.enabled));
        let level = (before.level != after.level).then(|| setting.level.clone());
        view! {
            <span class="side">
                {switched} {level.map(|level| view! { <LevelBadge level /> })}
            </span>
        }
        .into_any()
    };
    (side(before), side(after))
}

#[component]
pub(super) fn ReviewDialog(changes: Memo<Vec<Change>>, save: Save) -> impl IntoView {
    let row = |change: Change| {
        let (before, after) = sides(&change);
        view! { <ChangeRow name=plain(&change.name) before after /> }
    };
    // A save of unknown outcome can turn out to have worked once the data is read again.
    let nothing_left = move || changes.with(Vec::is_empty);
    view! {
        <Dialog
            open=save.reviewing
            title=Signal::stored(text::REVIEW_CHANGES.to_owned())
            on_close=Callback::new(move |()| save.close())
            busy=save.saving()
        >
            <div class="stack">
                <p>
                    {move || if nothing_left() { text::NOTHING_LEFT } else { text::REVIEW_NOTE }}
                </p>
                <ul class="changes">{move || changes.get().into_iter().map(row).collect_view()}</ul>
                <Failed why=save.failed />
            </div>
            <DialogFoot>
                <button
                    type="button"
                    class="button"
                    disabled=save.saving()
                    on:click=move |_| save.close()
                >
                    {text::CANCEL}
                </button>
                <button
                    type="button"
                    class="button primary"
                    disabled=nothing_left
                    aria-disabled=move || save.saving().get().then_some("true")
                    on:click=move |_| save.run()
                >
                    {move || save.label()}
                </button>
            </DialogFoot>
        </Dialog>
    }
}
