//! Active or paused, to be changed in place: shown at once, and taken back if it fails.

use leptos::prelude::*;
use model::IntegrationId;

use crate::{
    data::{self, IntegrationChange},
    text,
    ui::{announcer::Announcer, switch::Switch},
};

/// Without an `id` it can't be changed, and is a word alone.
#[component]
pub(super) fn Status(
    id: Option<IntegrationId>,
    host: String,
    active: Signal<bool>,
) -> impl IntoView {
    // What was asked for, until it is known what came of it.
    let asked = RwSignal::new(None::<bool>);
    let shown = Memo::new(move |_| asked.get().unwrap_or(active.get()));
    let label = text::active_of(&host);
    let announcer = Announcer::expect();
    let control = id.map(|id| {
        let host = StoredValue::new(host);
        let set = Callback::new(move |wanted: bool| {
            // A second click while the first is on its way is none.
            if asked.get_untracked().is_some() {
                return;
            }
            asked.set(Some(wanted));
            let host = host.get_value();
            leptos::task::spawn_local(async move {
                let change = IntegrationChange { active: Some(wanted), ..Default::default() };
                match data::change_integration(id, change, None).await {
                    Ok(now) if now.active => announcer.status(text::activated(&host)),
                    Ok(_) => announcer.status(text::paused(&host)),
                    Err(error) => {
                        let what = text::switching(&host, wanted);
                        announcer.alert(text::explain_change(&what, &error).sentence());
                    }
                }
                asked.try_set(None);
            });
        });
        view! { <Switch label on=shown set /> }
    });
    let busy = move || asked.get().is_some().then_some("true");
    view! {
        <span class="line status" aria-busy=busy>
            {control}
            <span>{move || text::status(shown.get())}</span>
        </span>
    }
}
