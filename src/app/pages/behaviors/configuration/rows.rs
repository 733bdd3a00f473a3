//! What differs from a file: before → after, a row for each.

use leptos::prelude::*;
use model::configuration::{BehaviorDrift, Drift, FieldDrift, IntegrationDrift};

use super::super::{changes, changes::Setting, review::side};
use crate::{
    components::change_row::ChangeRow,
    routes::AppRoute,
    text::{self, configuration as words},
    ui::plain::plain,
};

#[component]
pub(super) fn DriftRows(drift: Drift) -> impl IntoView {
    let unnamed = words::unnamed(drift.unnamed_behaviors, drift.unnamed_integrations);
    let differences = drift.behaviors.len() + drift.integrations.len();
    let sum =
        if drift.is_none() { words::NO_DRIFT.to_owned() } else { words::drifted(differences) };
    let behaviors = drift.behaviors.into_iter().map(behavior).collect_view();
    let integrations = drift.integrations.into_iter().map(integration).collect_view();
    view! {
        <p class="strong">{sum}</p>
        <ul class="changes">{behaviors} {integrations}</ul>
        {unnamed.map(|unnamed| view! { <p class="note">{unnamed}</p> })}
    }
}

fn behavior(drift: BehaviorDrift) -> AnyView {
    let BehaviorDrift { key, now, file } = drift;
    let file = Setting { enabled: file.enabled, level: Some(file.risk_level.into()) };
    let Some(now) = now else {
        let note = Some(words::NO_SUCH_BEHAVIOR.into_any());
        let before = words::ABSENT.into_any();
        let after = side(&file, true, true);
        return view! { <ChangeRow name=plain(&key.0) before after note /> }.into_any();
    };
    let name = plain(&changes::name(&key, &now));
    let now = Setting::of(&now);
    let (enabled, level) = (now.enabled != file.enabled, now.level != file.level);
    let (before, after) = (side(&now, enabled, level), side(&file, enabled, level));
    view! { <ChangeRow name before after /> }.into_any()
}

fn integration(drift: IntegrationDrift) -> AnyView {
    match drift {
        IntegrationDrift::Missing(file) => {
            let (before, after) = (words::ABSENT.into_any(), words::IN_FILE.into_any());
            let link =
                view! { <a href=AppRoute::NewIntegration.path()>{words::NEW_INTEGRATION}</a> };
            let note = Some(link.into_any());
            view! { <ChangeRow name=plain(&file.tenant_url) before after note /> }.into_any()
        }
        IntegrationDrift::Changed { id, host, fields } => {
            let row = |field: FieldDrift| {
                let FieldDrift { field, now, file } = field;
                let side = |value: &str| view! { <bdi dir="auto">{plain(value)}</bdi> }.into_any();
                let name = format!("{} · {}", plain(&host), text::field(field));
                let note = id.map(|id| {
                    let href = AppRoute::Integration(id).path();
                    view! { <a href=href>{words::AT_INTEGRATION}</a> }.into_any()
                });
                view! { <ChangeRow name before=side(&now) after=side(&file) note /> }
            };
            fields.into_iter().map(row).collect_view().into_any()
        }
    }
}
