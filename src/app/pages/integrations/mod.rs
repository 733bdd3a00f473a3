//! `/integrations`
use leptos::prelude::*;
#[component]
pub fn IntegrationsPage() -> impl IntoView {}
#[component]
pub fn NewIntegrationPage() -> impl IntoView {}
#[component]
pub fn IntegrationPage() -> impl IntoView {}
