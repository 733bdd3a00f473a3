//! What the staged changes would have done, from the events of the riskiest people.

use leptos::prelude::*;
use model::{Behaviors, WhatIf};

use super::{
    changes::{Change, update},
    sample::{Reader, Sample},
};
use crate::{
    data::{self, Tagged},
    text::what_if as words,
};

/// The offer, the progress, and what comes of it.
#[component]
pub(super) fn WhatIfNote(
    changes: Memo<Vec<Change>>,
    now: data::Query<Tagged<Behaviors>>,
    sample: Sample,
) -> impl IntoView {
    let what = Memo::new(move |_| {
        let now = now.data()?;
        let change = changes.with(|changes| update(changes));
        sample.with(|people| {
            let read = people.iter().map(AsRef::as_ref);
            (!people.is_empty()).then(|| WhatIf::of(&now, &change, read))
        })
    });
    let outcome = move || {
        let what = what.get()?;
        let basis = words::basis(&what, sample.at_risk(), sample.failed());
        Some(view! {
            <p class="strong">{words::outcome(&what)}</p>
            <p class="note">{basis} " " {words::NOT_CLOUDFLARES}</p>
        })
    };
    view! {
        <section class="stack what-if" aria-label=words::WHAT_IF>
            <p class="note">{words::NOTE}</p>
            <Reader sample />
            {outcome}
        </section>
    }
}
