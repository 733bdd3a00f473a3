//! What somebody else changed while a person was at it.

use leptos::prelude::*;

use super::form::{FIELDS, Values};
use crate::{components::change_row::ChangeRow, text, ui::plain::plain};

/// What was `seen`, what there is `now`, and what the person wants instead, where they said.
#[component]
pub(super) fn Meanwhile(
    #[prop(into)] seen: Signal<Option<Values>>,
    now: RwSignal<Values>,
    #[prop(optional, into)] wanted: Signal<Option<Values>>,
) -> impl IntoView {
    let row = move |field: usize, seen: &Values| {
        let of = |values: &Values| values.shown()[field].clone();
        let (seen, now, wanted) = (of(seen), now.with(of), wanted.get().as_ref().map(of));
        let side = |value: &str| view! { <bdi>{plain(value)}</bdi> }.into_any();
        let wanted = wanted.filter(|wanted| *wanted != now);
        let note = wanted.map(|wanted| view! { {text::YOU_WANT} {side(&wanted)} }.into_any());
        (seen != now).then(|| {
            let name = FIELDS[field].to_owned();
            view! { <ChangeRow name before=side(&seen) after=side(&now) note /> }
        })
    };
    move || {
        seen.get().filter(|seen| *seen != now.get()).map(|seen| {
            view! {
                <div class="notice stale">
                    <p class="strong" role="alert">
                        {text::CHANGED_BY_OTHERS}
                    </p>
                    <ul class="changes">
                        {(0..FIELDS.len()).map(|field| row(field, &seen)).collect_view()}
                    </ul>
                </div>
            }
        })
    }
}
