//! Before → after for each change, and saving them.

use leptos::prelude::*;
use model::Behaviors;

use super::{
    changes::{Change, Setting},
    sample::Sample,
    save::Save,
    what_if::WhatIfNote,
};
use crate::{
    components::{attempt::Failed, change_row::ChangeRow, level::LevelBadge},
    data, text,
    ui::{
        dialog::{Dialog, DialogFoot},
        plain::plain,
    },
};

/// Both sides of a change, of what it changes only; the whole where somebody else changed it too.
pub(super) fn sides(change: &Change) -> (AnyView, AnyView) {
    let Change { before, after, seen, .. } = change;
    let (enabled, level) = (before.enabled != after.enabled, before.level != after.level);
    let whole = seen.is_some();
    let side = |setting| side(setting, enabled || whole, level || whole);
    (side(before), side(after))
}

pub(super) fn side(setting: &Setting, enabled: bool, level: bool) -> AnyView {
    let switched = enabled.then(|| text::on_off(setting.enabled));
    let level = level.then(|| setting.level.clone());
    view! {
        <span class="side">
            {switched} {level.map(|level| view! { <LevelBadge level /> })}
        </span>
    }
    .into_any()
}

#[component]
pub(super) fn ReviewDialog(
    changes: Memo<Vec<Change>>,
    now: data::Query<data::Tagged<Behaviors>>,
    sample: Sample,
    save: Save,
) -> impl IntoView {
    let row = |change: Change| {
        let (before, after) = sides(&change);
        let seen = change.seen.map(|seen| {
            view! {
                <span class="strong">{text::CHANGED_BY_OTHERS}</span>
                {text::YOU_SAW}
                {side(&seen, true, true)}
            }
            .into_any()
        });
        view! { <ChangeRow name=plain(&change.name) before after note=seen /> }
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
                <WhatIfNote changes now sample />
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
