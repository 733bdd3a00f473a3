//! How many behaviors are on, for the list of users when it is empty.

use leptos::prelude::*;

use crate::{data, routes::AppRoute, text};

#[component]
pub fn BehaviorsOn() -> impl IntoView {
    let behaviors = data::use_behaviors();
    move || {
        behaviors.data().map(|behaviors| {
            let all = &behaviors.behaviors;
            let on = all.values().filter(|behavior| behavior.enabled).count();
            view! { <a href=AppRoute::Behaviors.path()>{text::behaviors_on(on, all.len())}</a> }
        })
    }
}
