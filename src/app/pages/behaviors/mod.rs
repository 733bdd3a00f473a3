//! `/behaviors`
use leptos::prelude::*;
#[component]
pub fn BehaviorsPage() -> impl IntoView {}
