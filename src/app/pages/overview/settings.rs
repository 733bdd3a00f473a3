//! How the account is set: behaviors that are off, integrations that are paused. Each is a link to
//! the page that has them.

use leptos::prelude::*;

use crate::{data, routes::AppRoute, text};

#[component]
pub fn Settings() -> impl IntoView {
    let behaviors = data::use_behaviors();
    let integrations = data::use_integrations();
    let behaviors_line = move || match (behaviors.data(), behaviors.error()) {
        (Some(known), _) => {
            let all = &known.behaviors;
            let on = all.values().filter(|behavior| behavior.enabled).count();
            text::behaviors_on(on, all.len())
        }
        (None, Some(_)) => text::BEHAVIORS_NOT_READ.to_owned(),
        (None, None) => text::BEHAVIORS.to_owned(),
    };
    let integrations_line = move || match (integrations.data(), integrations.error()) {
        (Some(all), _) => {
            text::integrations_active(all.iter().filter(|one| one.active).count(), all.len())
        }
        (None, Some(_)) => text::INTEGRATIONS_NOT_READ.to_owned(),
        (None, None) => text::INTEGRATIONS.to_owned(),
    };
    view! {
        <ul class="line" aria-label=text::SETTINGS>
            <li>
                <a href=AppRoute::Behaviors.path()>{behaviors_line}</a>
            </li>
            <li>
                <a href=AppRoute::Integrations.path()>{integrations_line}</a>
            </li>
        </ul>
    }
}
